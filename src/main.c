/* main.c - tokvec: token IDs to embedding vectors.
 * Chooses the command, and prints the error if it fails.
 * SPDX-License-Identifier: MIT */
#include "base/dispatch.h"
#include "base/same_file.h"
#include "cli/help.h"
#include "cli/hints.h"
#include "cli/notice.h"
#include "cli/parse.h"
#include "cli/standard_input.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A program that is started with a standard stream closed would get its number for the next file
 * it opens, and print into that. The number is taken, by something that refuses its use. */
static void occupy_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/* A word is a command only as the first argument. */
static const command *choose_command(int argc, char **argv, int *first)
{
    const command *cmd = argc > 1 ? command_find(argv[1]) : NULL;
    *first = cmd != NULL ? 2 : 1;
    return cmd != NULL ? cmd : commands[0];
}

static bool print_version(tokvec_error *err)
{
    sink out;
    if (!sink_open(&out, NULL, err))
        return false;
    sink_text(&out, "tokvec ");
    sink_text(&out, tokvec_version());
    sink_text(&out, "\n");
    return sink_commit(&out, err);
}

static bool run(const command *cmd, const settings *s, tokvec_error *err)
{
    struct stat status;
    if (s->common.quiet)
        notice_silence();
    if (sink_in_place(s->output.path, &status))
        same_file_output(&status);
    return standard_input_check(s, cmd->operands_are_files, err) &&
           tokvec_survive_truncation(err) && cmd->run(s, err);
}

/* Whoever lowers the level wants to have it lowered. */
static bool check_environment(tokvec_error *err)
{
    enum dispatch_level level;
    const char *cpu = getenv("TOKVEC_CPU");
    if (cpu == NULL || *cpu == '\0' || dispatch_named(cpu, &level))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a known instruction set", cpu);
    error_where(err, "TOKVEC_CPU in the environment");
    return error_hint(err, "choose baseline, avx2 or avx512, or unset it");
}

int main(int argc, char **argv)
{
    static tokvec_error err; /* large for a stack that may be small */
    int first;
    enum exit_status status = STATUS_DONE;
    occupy_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a reader that has had enough shows as EPIPE: not a failure */
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files shows as EFBIG */
    const command *cmd = choose_command(argc, argv, &first);
    settings *s = parse_arguments(cmd, argc, argv, first, &err);
    bool good = s != NULL;
    if (good)
        s->status = &status;
    if (good && s->common.help)
        good = help_print(cmd, &err);
    else if (good && s->common.version)
        good = print_version(&err);
    else if (good)
        good = check_environment(&err) && run(cmd, s, &err);
    settings_free(s);
    if (good)
        return status;
    hints_add(&err);
    char text[sizeof err];
    fprintf(stderr, "tokvec: %s\n", tokvec_error_text(&err, text, sizeof text));
    return STATUS_FAILED;
}
