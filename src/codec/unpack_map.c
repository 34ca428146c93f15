/* unpack_map.c - compressed data as a file.
 * See unpack_map.h. A thread unpacks a little ahead of who reads. Under the lock are: where the two
 * are, and what they say to each other; the stream belongs to the thread while there is one.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack_map.h"

#include "base/memory.h"
#include "codec/deflate.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    PIECE = 1 << 16,       /* good to ask for at once */
    FORGET = 1 << 23,      /* packed bytes whose pages are given back at once */
    SPAN_MOST = 1 << 24,   /* that may be asked for beyond what is released: a row, a line */
    RESTARTS_MOST = 2,     /* from the front; then all is kept */
    GZIP_RATIO_MOST = 1040 /* deflate makes at most 1032 bytes of one */
};
/* Content up to here is never released, unless the environment says less: for tests. */
#ifdef TOKVEC_WANT_CHECK
enum { KEPT = 1 << 18 };
#else
enum { KEPT = 1 << 25 };
#endif
#define SPACE_MOST (UINT64_C(1) << 44) /* of addresses, of which there are 2^47 */

/* Bytes of content. */
typedef struct window {
    uint64_t kept;  /* of content of up to so many, nothing is released */
    uint64_t ahead; /* made before it is asked for */
    uint64_t alone; /* so much is made without a thread */
    uint64_t grow;  /* made writable, and released, at once: whole pages */
    uint64_t step;  /* made between two looks at what is wanted */
} window;

typedef struct unpacking {
    file_source base;
    unpack_from from;
    window window;
    unpack_stream *stream;
    file_map *map;
    char *space;
    uint64_t reserved; /* bytes of address space */

    /* Of the stream. */
    uint64_t taken, forgotten; /* packed bytes read, and those of them whose pages are gone */
    uint64_t writable;         /* bytes at the beginning of space, but for those released */
    uint32_t crc;

    pthread_mutex_t lock;
    pthread_cond_t asked, made;
    _Atomic uint64_t front;    /* bytes of content that have been made */
    _Atomic uint64_t released; /* bytes of content that are no longer there */
    uint64_t floor;            /* and those that need not be: the reader's */
    uint64_t wanted;           /* how far the reader waits for content */
    uint64_t limit;            /* of bytes to keep */
    unsigned restarts;
    bool whole;         /* nothing is released any more */
    bool ended, failed; /* the content ends at front; there is no more because of `why` */
    tokvec_error why;
    pthread_t thread;
    bool running, stop;
} unpacking;

/* ---------------------------------------------------------------- memory */

static uint64_t page_size(void)
{
    return (uint64_t)sysconf(_SC_PAGESIZE);
}

static window window_of_environment(void)
{
    enum { STEP_LEAST = 1 << 10 };
    const char *text = getenv("TOKVEC_WINDOW");
    uint64_t kept = text == NULL ? 0 : strtoull(text, NULL, 10), page = page_size();
    kept = kept == 0 || kept > KEPT ? KEPT : kept < 2 * page ? 2 * page : kept;
    uint64_t grow = (kept / 32 + page - 1) / page * page, step = kept / 128;
    return (window){kept, kept / 8, grow, grow, step < STEP_LEAST ? STEP_LEAST : step};
}

uint64_t unpack_look(void)
{
    return window_of_environment().grow;
}

/* As much address space as the content can need, or as there is. */
static bool reserve(unpacking *u, uint64_t most, tokvec_error *err)
{
    uint64_t page = page_size(), grow = u->window.grow;
    u->reserved = (most < SPACE_MOST ? most : SPACE_MOST) / page * page + page;
    u->reserved = u->reserved < grow ? grow : u->reserved;
    for (;;) {
        u->space = mmap(NULL, (size_t)u->reserved, PROT_NONE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (u->space != MAP_FAILED)
            return true;
        if (u->reserved / 2 < grow)
            return error_no_memory(err, u->reserved);
        u->reserved = u->reserved / 2 / page * page;
    }
}

static bool too_large(const unpacking *u, uint64_t bytes, const char *which, tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the content is more than %llu MB, which is %s",
              (unsigned long long)(bytes >> 20), which);
    error_where(err, "%s", u->map->path);
    return error_hint(err, "unpack it to a file first");
}

/* Makes room for more content at the front: at least a byte. */
static bool have_room(unpacking *u, tokvec_error *err)
{
    if (u->front < u->writable)
        return true;
    if (u->front - u->released >= u->limit)
        return too_large(u, u->limit, "half of the memory", err);
    uint64_t left = u->reserved - u->writable, n = left < u->window.grow ? left : u->window.grow;
    if (n == 0)
        return too_large(u, u->reserved, "all that can be addressed here", err);
    if (mprotect(u->space + u->writable, (size_t)n, PROT_READ | PROT_WRITE) != 0)
        return error_no_memory(err, n);
    u->writable += n;
    return true;
}

/* Takes away the content before that place, which lies in what has been made. */
static void take_away(unpacking *u, uint64_t up_to)
{
    uint64_t from = u->released, end = up_to - up_to % u->window.grow;
    if (end <= from)
        return;
    u->released = end;
    madvise(u->space + from, (size_t)(end - from), MADV_DONTNEED);
    mprotect(u->space + from, (size_t)(end - from), PROT_NONE);
}

/* ---------------------------------------------------------------- unpacking */

/* Says what is wrong with the packed data. Returns false. */
static bool bad(const unpacking *u, const char *why, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_FILE, "the %s data %s", u->from.kind->name, why);
    error_where(err, "%s, byte %llu", u->map->path,
                (unsigned long long)(u->from.offset + u->taken));
    return error_hint(err, "the file is damaged; fetch or save it again");
}

/* The content is what was said of it. */
static bool check_end(const unpacking *u, tokvec_error *err)
{
    if (u->from.size != UNPACK_ANY_SIZE && u->front != u->from.size)
        return bad(u, "is shorter than the directory says", err);
    if (u->from.has_crc && u->crc != u->from.crc)
        return bad(u, "is damaged: its CRC-32 is not that of its content", err);
    return true;
}

/* The packed bytes that come next. */
static bool have_input(unpacking *u, unpack_io *io, tokvec_error *err)
{
    const file_map *packed = u->from.packed;
    uint64_t at = u->from.offset + u->taken, stop = u->from.offset + u->from.length;
    if (u->taken >= u->forgotten + FORGET) {
        file_map_forget(packed, u->from.offset + u->forgotten, u->taken - u->forgotten);
        u->forgotten = u->taken;
    }
    uint64_t end = at < stop ? file_piece(packed, at, err) : stop;
    if (at < stop && end == at)
        return false;
    end = end < stop ? end : stop;
    enum { MOST = 1 << 20 };
    end = end - at > MOST ? at + MOST : end;
    io->in = packed->data + at;
    io->in_size = (size_t)(end - at);
    io->last = end == stop;
    return true;
}

/* Makes up to a step more of the content; *ended becomes whether that was all. */
static bool make_some(unpacking *u, bool *ended, tokvec_error *err)
{
    unpack_io io = {.in = NULL};
    if (!have_room(u, err) || !have_input(u, &io, err))
        return false;
    uint64_t front = u->front, room = u->writable - front;
    io.out = (uint8_t *)u->space + front;
    io.out_size = (size_t)(room < u->window.step ? room : u->window.step);
    unpack_status status = u->from.kind->read(u->stream, &io);
    u->taken += io.in_size;
    if (!file_map_intact(u->from.packed, err))
        return false; /* what was read may be of two files: none of it is content */
    if (u->from.has_crc && !deflate_crc32(&u->crc, (uint8_t *)u->space + front, io.out_size, err))
        return false;
    atomic_store_explicit(&u->front, front + io.out_size, memory_order_release);
    if (u->from.size != UNPACK_ANY_SIZE && u->front > u->from.size)
        return bad(u, "is longer than the directory says", err);
    *ended = status == UNPACK_END;
    if (status == UNPACK_NO_MEMORY)
        return error_no_memory(err, 0);
    if (status == UNPACK_BAD)
        return bad(u, io.why, err);
    return status == UNPACK_MORE || check_end(u, err);
}

/* One step, and what came of it. The lock is held, but not during the step. */
static void step(unpacking *u)
{
    tokvec_error why = {.code = TOKVEC_OK};
    bool ended = false;
    pthread_mutex_unlock(&u->lock);
    bool good = make_some(u, &ended, &why);
    pthread_mutex_lock(&u->lock);
    u->ended = good && ended;
    u->failed = !good;
    if (!good)
        u->why = why;
    pthread_cond_signal(&u->made);
}

/* ---------------------------------------------------------------- the thread */

static void *run(void *context)
{
    unpacking *u = context;
    pthread_mutex_lock(&u->lock);
    while (!u->stop && !u->ended && !u->failed) {
        if (u->front >= u->wanted + u->window.ahead)
            pthread_cond_wait(&u->asked, &u->lock);
        else
            step(u);
    }
    pthread_mutex_unlock(&u->lock);
    return NULL;
}

/* The lock is not held. */
static void stop_thread(unpacking *u)
{
    if (!u->running)
        return;
    pthread_mutex_lock(&u->lock);
    u->stop = true;
    pthread_cond_signal(&u->asked);
    pthread_mutex_unlock(&u->lock);
    pthread_join(u->thread, NULL);
    u->running = u->stop = false;
}

/* Starts the thread that makes content ahead. Signals that end the program are for the others. */
static bool start_thread(unpacking *u)
{
    sigset_t held, before;
    sigfillset(&held);
    sigdelset(&held, SIGBUS); /* of a file that was cut: see io/file_map.c */
    sigdelset(&held, SIGSEGV);
    if (pthread_sigmask(SIG_SETMASK, &held, &before) != 0)
        return false;
    bool started = pthread_create(&u->thread, NULL, run, u) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Waits until the content is there up to u->wanted, or as far as it goes. The lock is held. */
static void wait_for_content(unpacking *u)
{
    while (u->front < u->wanted && !u->ended && !u->failed) {
        if (!u->running && !u->whole && u->front >= u->window.alone)
            u->running = start_thread(u);
        if (u->running) {
            pthread_cond_signal(&u->asked);
            pthread_cond_wait(&u->made, &u->lock);
        } else {
            step(u);
        }
    }
}

/* ---------------------------------------------------------------- as a source */

/* Begins again at the front, since something before is asked for that was released. */
static bool restart(unpacking *u, tokvec_error *err)
{
    stop_thread(u);
    if (!u->from.kind->restart(u->stream))
        return error_no_memory(err, 0);
    /* Fresh pages: what lies beyond the front must not be taken for content. */
    uint64_t end = u->writable;
    madvise(u->space + u->released, (size_t)(end - u->released), MADV_DONTNEED);
    if (mprotect(u->space, (size_t)end, PROT_READ | PROT_WRITE) != 0)
        return error_no_memory(err, end);
    u->taken = u->forgotten = 0;
    u->crc = 0;
    u->front = u->released = 0;
    u->ended = u->failed = false;
    u->whole = u->whole || ++u->restarts > RESTARTS_MOST;
    return true;
}

/* What lies behind the front is not the content that the reader waits for. */
static bool settle(unpacking *u, uint64_t end, tokvec_error *err)
{
    file_map *map = u->map;
    if (end <= u->front && !(u->failed && end == u->reserved))
        return true;
    map->size = u->front; /* with an error, too, the file ends here for who goes on */
    if (u->failed)
        *err = u->why;
    else
        u->base.open_ended = false;
    return false;
}

static bool has_span(const unpacking *u, uint64_t end, tokvec_error *err)
{
    if (u->whole || end <= u->floor + SPAN_MOST + PIECE)
        return true;
    error_set(err, TOKVEC_BAD_FILE, "a line or row is longer than %d MB", SPAN_MOST >> 20);
    error_where(err, "%s", u->map->path);
    return error_hint(err, "the file is damaged or of another kind; unpack it to look at it");
}

static bool fetch(file_source *source, const file_map *map, uint64_t offset, uint64_t length,
                  tokvec_error *err)
{
    unpacking *u = (unpacking *)source;
    (void)map;
    const uint64_t end = offset + length;
    bool there = offset >= atomic_load_explicit(&u->released, memory_order_relaxed);
    if (there && end < u->reserved && end <= atomic_load_explicit(&u->front, memory_order_acquire))
        return true;
    if (!there) {
        u->floor = offset;
        if (!restart(u, err))
            return false;
    }
    if (!has_span(u, end, err)) {
        u->map->size = u->front;
        return false;
    }
    pthread_mutex_lock(&u->lock);
    /* Where the address space ends, a byte more shows whether the content does. */
    const uint64_t stop = end < u->reserved ? end : end + 1;
    while (u->front < stop && !u->ended && !u->failed) {
        uint64_t next = u->front + u->window.grow;
        u->wanted = u->whole || stop < next ? stop : next;
        wait_for_content(u);
        if (!u->whole && u->front > u->window.kept) /* on the way back to where it was */
            take_away(u, u->floor < u->front ? u->floor : u->front);
    }
    bool good = settle(u, end, err);
    pthread_mutex_unlock(&u->lock);
    return good;
}

static void release(file_source *source, const file_map *map, uint64_t up_to)
{
    unpacking *u = (unpacking *)source;
    (void)map;
    if (u->whole || up_to <= u->floor)
        return;
    u->floor = up_to;
    if (up_to < u->released + u->window.grow || u->front <= u->window.kept)
        return;
    pthread_mutex_lock(&u->lock);
    take_away(u, up_to < u->front ? up_to : u->front);
    pthread_mutex_unlock(&u->lock);
}

static void release_packed(unpacking *u)
{
    stop_thread(u);
    if (u->stream != NULL)
        u->from.kind->close(u->stream);
    u->stream = NULL;
    if (u->from.owned)
        file_map_close(u->from.packed);
    u->from.owned = false;
}

static void destroy(unpacking *u)
{
    release_packed(u);
    if (u->space != NULL && u->space != MAP_FAILED)
        munmap(u->space, (size_t)u->reserved);
    pthread_cond_destroy(&u->made);
    pthread_cond_destroy(&u->asked);
    pthread_mutex_destroy(&u->lock);
    free(u);
}

static void close_source(file_source *source, file_map *map)
{
    (void)map;
    destroy((unpacking *)source);
}

/* ---------------------------------------------------------------- opening */

/* What the content cannot exceed. */
static uint64_t size_most(const unpack_from *from)
{
    bool deflated = from->kind == &unpack_gzip || from->kind == &unpack_deflate;
    if (from->size != UNPACK_ANY_SIZE)
        return from->size < SPACE_MOST ? from->size + 1 : SPACE_MOST; /* a byte too many shows */
    return deflated && from->length < SPACE_MOST / GZIP_RATIO_MOST
               ? from->length * GZIP_RATIO_MOST + (1 << 20)
               : SPACE_MOST;
}

static unpacking *new_unpacking(const unpack_from *from, tokvec_error *err)
{
    unpacking *u = calloc(1, sizeof *u);
    if (u == NULL) {
        error_no_memory(err, sizeof *u);
        if (from->owned)
            file_map_close(from->packed);
        return NULL;
    }
    u->from = *from;
    u->window = window_of_environment();
    u->limit = memory_half();
    u->base = (file_source){.fetch = fetch,
                            .release = release,
                            .close = close_source,
                            .open_ended = true,
                            .piece = PIECE};
    pthread_mutex_init(&u->lock, NULL);
    pthread_cond_init(&u->asked, NULL);
    pthread_cond_init(&u->made, NULL);
    return u;
}

file_map *unpack_open(const unpack_from *from, tokvec_error *err)
{
    unpacking *u = new_unpacking(from, err);
    if (u == NULL)
        return NULL;
    const char *path = from->path != NULL ? from->path : from->packed->path;
    u->stream = from->kind->open(err);
    if (u->stream == NULL) {
        error_where(err, "%s", path);
    } else if (reserve(u, size_most(from), err)) {
        u->map = file_map_of_source(path, u->space, u->reserved, &u->base, err);
        if (u->map != NULL)
            return u->map;
    }
    destroy(u);
    return NULL;
}

bool unpack_all(file_map *map, tokvec_error *err)
{
    unpacking *u = (unpacking *)map->source;
    u->whole = true;
    bool full = file_want(map, 0, map->size, NULL);
    stop_thread(u);
    if (!file_map_intact(map, err))
        return false;
    if (full && !u->ended)
        return too_large(u, u->reserved, "all that can be addressed here", err);
    map->size = map->here = u->front;
    u->base.open_ended = false;
    u->base.release = NULL;
    release_packed(u);
    return true;
}
