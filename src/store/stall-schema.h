/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-database.h"

G_BEGIN_DECLS

/* The tables of stall.db. The documents' schema never migrates; projections are a cache with a
 * version. */

#define STALL_SCHEMA_APPLICATION_ID 0x5354414c /* “STAL” */
#define STALL_SCHEMA_VERSION 1
#define STALL_PROJECTION_VERSION 13

gboolean stall_schema_create (StallDatabase *database, GError **error);
gboolean stall_schema_prepare (StallDatabase *database, GError **error);
gboolean stall_schema_check_header (StallDatabase *database, GError **error);
gboolean stall_schema_check_tables (StallDatabase *database, GError **error);
gboolean stall_schema_create_projections (StallDatabase *database, GError **error);
gboolean stall_schema_drop_projections (StallDatabase *database, GError **error);
gboolean stall_schema_projections_are_current (StallDatabase *database);
gboolean stall_schema_stamp_projections (StallDatabase *database, GError **error);

char *stall_schema_get_meta (StallDatabase *database, const char *name);
gboolean stall_schema_set_meta (StallDatabase *database,
                                const char *name,
                                const char *value,
                                GError **error);

G_END_DECLS
