/* folder_leads.h - small files in a folder that name the place of a model below it.
 * Those of sentence-transformers, diffusers, the hub's cache and trainers. See folder.h.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_LEADS_H
#define TOKVEC_MODEL_FOLDER_LEADS_H

#include "model/folder_names.h"

enum { FOLDER_NAME_MAX = 255 };

/* True for a name or path that stays below a folder. */
bool folder_is_below(const char *path);

/* The content of a small file in the folder without the white space around it, as the name of a
 * file or folder: "" if it is not one. False if there is no such small file. */
bool folder_read_name(const char *folder, const char *name, char out[FOLDER_NAME_MAX + 1]);

typedef enum folder_lead { LEAD_NONE, LEAD_FOUND, LEAD_ERROR } folder_lead;

/* Where the folder's own files say that the model is: adds paths below the folder, of files or of
 * folders ("" is the folder itself), to *places. Of several the one that has a token embedding is
 * meant; *what says what they are. No path leads out of the folder. */
folder_lead folder_follow(const char *folder, name_list *places, const char **what,
                          tokvec_error *err);

#endif
