/* runner.c - runs commands in turn and prints what each run took.
 * Small, so that the peak memory of a child is its own and not that of who started it, and with
 * vfork, so that starting one costs the same whatever the parent holds.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* usage: runner ROUNDS SECONDS ::: [<INPUT] [>OUTPUT] PROGRAM [ARG]... ::: ...
 * Runs each command once a round, until ROUNDS are done or SECONDS have passed; the first round
 * is for warming up. Prints a line a run: number of the command, nanoseconds, peak memory in
 * kilobytes, exit status. Without redirection a command reads and writes /dev/null. */

extern char **environ;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Starts a command and waits for it. */
static int run(int number, char **argv, int print)
{
    const char *input = "/dev/null";
    const char *output = "/dev/null";
    for (; *argv != NULL && (**argv == '<' || **argv == '>'); argv++) {
        if (**argv == '<')
            input = *argv + 1;
        else
            output = *argv + 1;
    }
    if (*argv == NULL)
        return 0;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    long long start = now();
    pid_t child;
    int error = posix_spawnp(&child, *argv, &actions, NULL, argv, environ);
    int status = 0;
    struct rusage usage = {0};
    while (error == 0 && wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    long long taken = now() - start;
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        fprintf(stderr, "runner: %s: %s\n", *argv, strerror(error));
        return 0;
    }
    if (print)
        printf("%d %lld %ld %d\n", number, taken, usage.ru_maxrss,
               WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 1;
}

int main(int argc, char **argv)
{
    enum { COMMANDS_MAX = 16 };
    char **commands[COMMANDS_MAX];
    int count = 0;
    if (argc < 4)
        return 2;
    int rounds = atoi(argv[1]);
    double seconds = atof(argv[2]);
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], ":::") != 0)
            continue;
        argv[i] = NULL;
        if (count == COMMANDS_MAX)
            return 2;
        commands[count++] = argv + i + 1;
    }
    long long end = now() + (long long)(seconds * 1e9);
    for (int round = 0; round <= rounds && (round < 3 || now() < end); round++) {
        for (int i = 0; i < count; i++) {
            if (!run(i, commands[i], round > 0))
                return 1;
        }
    }
    return 0;
}
