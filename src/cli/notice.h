/* notice.h - warnings and remarks on standard error.
 * For what does not stop the program; errors go up to main.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_NOTICE_H
#define TOKVEC_CLI_NOTICE_H

/* One line, after "tokvec: ", filtered as errors are (see error.h). */
void notice(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* None from now on. */
void notice_silence(void);

#endif
