/* adapter.h - what PEFT's adapter_config.json says of the weights beside it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_ADAPTER_H
#define TOKVEC_MODEL_ADAPTER_H

#include "table/weights.h"

/* Refuses weights without a token embedding as those of an adapter, with an error of its own, if
 * PEFT's adapter_config.json lies beside them; false if it does not. */
bool adapter_refuse(const tokvec_weights *weights, tokvec_error *err);

/* As a weights_format.number: the rows that PEFT has trained for some tokens get the IDs that
 * adapter_config.json lists for them; without a list that fits they are refused. Other tensors have
 * no numbering. */
bool adapter_number(tokvec_weights *weights, size_t index, tokvec_table *table, tokvec_error *err);

#endif
