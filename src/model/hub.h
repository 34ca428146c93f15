/* hub.h - the cache of Hugging Face's hub: models by the name of their repository.
 * The cache is where its own programs keep it, as their environment variables say.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_HUB_H
#define TOKVEC_MODEL_HUB_H

#include "base/error.h"

/* For a path that names nothing: the folder of the repository of that name in the cache, or of the
 * snapshot of one revision: "ORG/NAME" or "NAME", with "@REV" a branch, a tag or the beginning of a
 * commit. The caller frees it. NULL and an error that says where was looked, with the number
 * `reason` of the system's error, if there is none. */
char *hub_find(const char *path, int reason, tokvec_error *err);

/* Whether there is a file or folder of that path that can be read, or such a repository. If not,
 * errno says why. */
bool hub_can_read(const char *path, tokvec_error *err);

#endif
