/* text_of.h - the value of a macro as text, for help, messages and names of libraries.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_TEXT_OF_H
#define TOKVEC_BASE_TEXT_OF_H

#define TEXT_OF(macro)       TEXT_OF_TOKEN(macro)
#define TEXT_OF_TOKEN(token) #token

#endif
