/* sentencepiece.h - models of SentencePiece, told from other files.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_SENTENCEPIECE_H
#define TOKVEC_TABLE_SENTENCEPIECE_H

#include "base/file_map.h"

/* True if the file is a message of Protocol Buffers from end to end, with pieces in it
 * (sentencepiece_model.proto of github.com/google/sentencepiece: ModelProto.pieces is field 1). */
bool sentencepiece_recognise(const file_map *map);

#endif
