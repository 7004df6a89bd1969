/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-merge.h"
#include "stall-stage-change.h"

static StallProduct *
saved_product (StallStage stage)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallDocument) saved = NULL;

  stall_product_set_stage (product, stage);
  document = stall_product_to_document (product, "d");
  saved = stall_document_new_revision (stall_document_get_id (document),
                                       stall_document_get_body (document), "1-a", FALSE);
  return stall_product_new_from_document (saved, NULL);
}

static void
test_history (void)
{
  g_autoptr (StallProduct) product = saved_product (STALL_STAGE_SAMPLE);
  g_autoptr (GPtrArray) none = stall_product_dup_stage_changes (product);
  g_autoptr (GPtrArray) changes = NULL;
  const StallStageChange *change;

  g_assert_cmpuint (none->len, ==, 0);
  stall_product_move_to_stage (product, STALL_STAGE_TESTING, NULL, 10);
  stall_product_move_to_stage (product, STALL_STAGE_TESTING, NULL, 15);
  stall_product_move_to_stage (product, STALL_STAGE_DROPPED, "Nobody voted for it", 20);
  g_assert_cmpint (stall_product_get_stage_before_drop (product), ==, STALL_STAGE_TESTING);
  stall_product_revive (product, "A fair asked for it", 30);
  stall_product_revive (product, NULL, 40);
  g_assert_cmpint (stall_product_get_stage (product), ==, STALL_STAGE_TESTING);

  changes = stall_product_dup_stage_changes (product);
  g_assert_cmpuint (changes->len, ==, 3);
  change = g_ptr_array_index (changes, 1);
  g_assert_cmpint (change->from, ==, STALL_STAGE_TESTING);
  g_assert_cmpint (change->to, ==, STALL_STAGE_DROPPED);
  g_assert_cmpint (change->at, ==, 20);
  g_assert_cmpstr (change->reason, ==, "Nobody voted for it");
}

/* Whoever sets the stage of a saved product, its history says so. */
static void
test_set_stage (void)
{
  g_autoptr (StallProduct) product = saved_product (STALL_STAGE_IDEA);
  g_autoptr (GPtrArray) changes = NULL;

  stall_product_set_stage (product, STALL_STAGE_ON_SALE);
  changes = stall_product_dup_stage_changes (product);
  g_assert_cmpuint (changes->len, ==, 1);
}

static void
test_merge (void)
{
  g_autoptr (StallProduct) product = saved_product (STALL_STAGE_IDEA);
  g_autoptr (StallDocument) base = stall_product_to_document (product, NULL);
  g_autoptr (StallProduct) one = stall_product_new_from_document (base, NULL);
  g_autoptr (StallProduct) two = stall_product_new_from_document (base, NULL);
  g_autoptr (StallDocument) ours = NULL;
  g_autoptr (StallDocument) theirs = NULL;
  g_autoptr (JsonObject) merged = NULL;

  stall_product_move_to_stage (one, STALL_STAGE_SAMPLE, NULL, 10);
  stall_product_move_to_stage (two, STALL_STAGE_TESTING, NULL, 20);
  ours = stall_product_to_document (one, NULL);
  theirs = stall_product_to_document (two, NULL);
  merged = stall_merge (stall_document_get_root (base, NULL), stall_document_get_root (ours, NULL),
                        stall_document_get_root (theirs, NULL), NULL);
  g_assert_cmpuint (json_array_get_length (stall_json_get_array (merged, "stages")), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage-change/history", test_history);
  g_test_add_func ("/stage-change/set-stage", test_set_stage);
  g_test_add_func ("/stage-change/merge", test_merge);
  return g_test_run ();
}
