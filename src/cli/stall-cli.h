/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* stallctl: the floors under the window, for a terminal and for scripts. A verb is one function
 * that runs in a fiber and reads like synchronous code. */

/* What the program ends with. Documented in stallctl(1); append only. */
typedef enum
{
  STALL_EXIT_OK = 0,
  STALL_EXIT_FAILED = 1,
  STALL_EXIT_USAGE = 2,
  STALL_EXIT_NOT_FOUND = 3,
  STALL_EXIT_BUSY = 4,
  STALL_EXIT_INVALID = 5,
  STALL_EXIT_DIFFERENCES = 6,
} StallExit;

/* Arguments that a verb cannot make sense of: the message is shown with a hint to --help. */
#define STALL_USAGE_ERROR (stall_usage_error_quark ())
GQuark stall_usage_error_quark (void);

typedef struct _StallVerb StallVerb;

/* One call of stallctl. Fields of options that a verb does not have stay zero. */
typedef struct
{
  const StallVerb *verb;
  GStrv arguments;   /* what follows the verb, without options */
  StallStore *store; /* opened as the verb asks; NULL for a verb that needs none */
  StallExit exit;    /* of a verb that ran through but has something to say */

  char *folder;
  char *scratch; /* an empty stall for a dry run where there is none; deleted at the end */
  gboolean json;

  char *preset;
  char *encoding;
  gboolean dry_run;
  gboolean keep_going;
  gboolean count;
  char *search;
  char *variant;
  int limit;
  char *place;
  char *state;
  gboolean once;
  gboolean insecure;
  int password_fd; /* 0: none was given */
  int seed;
  double rate; /* a minute */
} StallCli;

struct _StallVerb
{
  const char *name;
  const char *arguments; /* as --help shows them */
  const char *summary;
  const char *description; /* a paragraph for the verb's own --help, or NULL */
  guint min_arguments;
  guint max_arguments;
  gboolean needs_store;
  StallStoreFlags flags;   /* how the store is opened */
  const char *writing_act; /* the first argument that needs it open for writing, or NULL */
  void (*add_options) (StallCli *cli, GOptionGroup *group); /* or NULL */
  gboolean (*run) (StallCli *cli, GError **error);          /* in a fiber */
};

int stall_cli_run (int argc, char **argv);

/* Every verb has a file of its own, stall-cli-VERB.c; the shortest ones share stall-cli-care.c. */
extern const StallVerb stall_cli_import_verb;
extern const StallVerb stall_cli_export_verb;
extern const StallVerb stall_cli_list_verb;
extern const StallVerb stall_cli_show_verb;
extern const StallVerb stall_cli_notes_verb;
extern const StallVerb stall_cli_count_verb;
extern const StallVerb stall_cli_undo_verb;
extern const StallVerb stall_cli_sample_verb;
extern const StallVerb stall_cli_check_verb;
extern const StallVerb stall_cli_backup_verb;
extern const StallVerb stall_cli_restore_verb;
extern const StallVerb stall_cli_polls_verb;
extern const StallVerb stall_cli_vote_verb;
extern const StallVerb stall_cli_platform_verb;
extern const StallVerb stall_cli_market_verb;
extern const StallVerb stall_cli_sync_verb;
extern const StallVerb stall_cli_conflicts_verb;
extern const StallVerb stall_cli_oversold_verb;

G_END_DECLS
