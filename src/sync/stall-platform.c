/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-platform.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "stall-json.h"
#include "stall-platform-resources.h"
#include "stall-sync-error.h"
#include "stall-wire.h"

#define FOLDER "/io/github/stall_app/Stall/platform/design/"
#define DESIGN "_design/stall"
#define USER_PREFIX "org.couchdb.user:"

/* --- the design document --- */

/* What is between the licence and the end: a function, or the name of a built-in reduction. */
static char *
read_file (const char *path)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (stall_platform_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  const char *function = strstr (text, "function (");

  return g_strstrip (g_strdup (function != NULL ? function : text));
}

static JsonObject *
read_folder (const char *path)
{
  g_auto (GStrv) names = g_resource_enumerate_children (stall_platform_get_resource (), path,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  JsonObject *object = json_object_new ();

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *child = g_strconcat (path, names[i], NULL);

      if (g_str_has_suffix (names[i], "/"))
        {
          g_autofree char *member = g_strndup (names[i], strlen (names[i]) - 1);

          json_object_set_object_member (object, member, read_folder (child));
        }
      else
        {
          g_autofree char *member = g_strndup (names[i], strlen (names[i]) - strlen (".js"));
          g_autofree char *text = read_file (child);

          json_object_set_string_member (object, member, text);
        }
    }
  return object;
}

/**
 * stall_platform_new_design:
 *
 * Puts the rules, views and filters of `data/platform/design` together: a folder is a member, a
 * file is its text.
 *
 * Returns: (transfer full): the design document, without `_id` and `_rev`
 */
JsonObject *
stall_platform_new_design (void)
{
  JsonObject *design = read_folder (FOLDER);

  json_object_set_string_member (design, "language", "javascript");
  return design;
}

static gboolean
is_same (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) left = json_node_init_object (json_node_alloc (), a);
  g_autoptr (JsonNode) right = json_node_init_object (json_node_alloc (), b);

  return json_node_equal (left, right);
}

/* --- requests --- */

static JsonObject *
ask (StallRemote *remote, const char *method, const char *path, JsonObject *body, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;

  if (body != NULL)
    {
      char *text = stall_json_to_string (body, &size);

      bytes = g_bytes_new_take (text, size);
    }
  return dex_await_boxed (
      stall_remote_send_for_object (
          remote, &(StallRemoteRequest) { .method = method, .path = path, .body = bytes }),
      error);
}

static gboolean
put (StallRemote *remote, const char *path, JsonObject *body, GError **error)
{
  g_autoptr (JsonObject) answer = ask (remote, "PUT", path, body, error);

  return answer != NULL;
}

static gboolean
make_database (StallRemote *database, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (put (database, "", NULL, &failed)
      || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_LACKS))
    return TRUE; /* 412 is CouchDB’s way to say that it is there */
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
install_design (StallRemote *database, GError **error)
{
  g_autoptr (JsonObject) design = stall_platform_new_design ();
  g_autoptr (GError) failed = NULL;
  g_autoptr (JsonObject) there = ask (database, NULL, DESIGN, NULL, &failed);

  if (there == NULL && !g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  json_object_set_string_member (design, "_id", DESIGN);
  if (there != NULL)
    {
      json_object_set_string_member (design, "_rev", stall_json_get_string (there, "_rev", ""));
      if (is_same (there, design))
        return TRUE;
    }
  return put (database, DESIGN, design, error);
}

/* The names and roles of one part of the security object, which may lack any of it. */
static JsonArray *
get_list (JsonObject *security, const char *part, const char *list)
{
  JsonObject *object = stall_json_get_object (security, part);

  if (object == NULL)
    {
      object = json_object_new ();
      json_object_set_object_member (security, part, object);
    }
  if (stall_json_get_array (object, list) == NULL)
    json_object_set_array_member (object, list, json_array_new ());
  return stall_json_get_array (object, list);
}

static gboolean
contains (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), text) == 0)
      return TRUE;
  return FALSE;
}

/* Adds one to a list of the security object and keeps the rest of it. */
static gboolean
admit (StallRemote *database, const char *list, const char *who, GError **error)
{
  g_autoptr (JsonObject) there = ask (database, NULL, "_security", NULL, error);
  g_autoptr (JsonObject) security = NULL;
  JsonArray *array;

  if (there == NULL)
    return FALSE;
  security = stall_json_copy_object (there);
  array = get_list (security, "members", list);
  if (contains (array, who))
    return TRUE;
  json_array_add_string_element (array, who);
  if (!contains (get_list (security, "admins", "roles"), "_admin"))
    json_array_add_string_element (get_list (security, "admins", "roles"), "_admin");
  return put (database, "_security", security, error);
}

/**
 * stall_platform_role_is_valid:
 * @role: a name
 *
 * Returns: whether the rules know it
 */
gboolean
stall_platform_role_is_valid (const char *role)
{
  return g_strv_contains ((const char *const[]) { "owner", "helper", "platform", NULL }, role);
}

/**
 * stall_platform_init:
 * @database: a stall's, asked by the server's administrator; need not exist yet
 * @error: return location for a #StallSyncError
 *
 * Makes the database, lets nobody but its members and the platform's workers in, and installs the
 * rules, or those of this version. Doing it again changes nothing.
 *
 * Returns: whether all is in place
 */
gboolean
stall_platform_init (StallRemote *database, GError **error)
{
  g_return_val_if_fail (STALL_IS_REMOTE (database), FALSE);

  /* A database without members is open to everybody: its door closes before anything lies in it. */
  return make_database (database, error) && admit (database, "roles", "platform", error)
         && install_design (database, error);
}

/* 120 bits that a person can type: without letters that look alike. */
static char *
new_password (GError **error)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789x";
  guint8 bytes[24];
  GString *text = g_string_new (NULL);

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      g_string_free (text, TRUE);
      return NULL;
    }
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%s%c", i > 0 && i % 6 == 0 ? "-" : "", letters[bytes[i] % 32]);
  return g_string_free_and_steal (text);
}

/**
 * stall_platform_invite:
 * @database: a stall's, asked by the server's administrator
 * @role: `owner`, `helper` or `platform`
 * @name: of the new user
 * @error: return location for a #StallSyncError
 *
 * Makes a user and lets them into the stall's database. A user belongs to one stall: roles are the
 * server's, and membership is what tells stalls apart.
 *
 * Returns: (transfer full) (nullable): the user's password, which is stored nowhere
 */
char *
stall_platform_invite (StallRemote *database, const char *role, const char *name, GError **error)
{
  g_autoptr (StallRemote) users = NULL;
  g_autoptr (JsonObject) user = json_object_new ();
  g_autofree char *id = g_strconcat (USER_PREFIX, name, NULL);
  g_autofree char *path = stall_wire_escape_id (id);
  g_autofree char *password = new_password (error);
  g_autoptr (JsonObject) there = NULL;
  g_autoptr (GError) failed = NULL;

  g_return_val_if_fail (STALL_IS_REMOTE (database), NULL);
  g_return_val_if_fail (stall_platform_role_is_valid (role) && name != NULL, NULL);

  if (password == NULL)
    return NULL;
  users = stall_remote_new_sibling (database, "_users");
  there = ask (users, NULL, path, NULL, &failed);
  if (there != NULL)
    {
      g_set_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_CONFLICT,
                   _ ("There is a user “%s” already. Choose another name."), name);
      return NULL;
    }
  if (!g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  json_object_set_string_member (user, "_id", id);
  json_object_set_string_member (user, "type", "user");
  json_object_set_string_member (user, "name", name);
  json_object_set_string_member (user, "password", password);
  stall_json_set_strv (user, "roles", (const char *const[]) { role, NULL });
  /* The door first: a user whose password nobody has seen would keep the name. Workers come in by
   * their role. */
  if ((strcmp (role, "platform") != 0 && !admit (database, "names", name, error))
      || !put (users, path, user, error))
    return NULL;
  return g_steal_pointer (&password);
}

/**
 * stall_platform_check:
 * @database: a stall's, asked by the server's administrator
 * @error: return location for a #StallSyncError
 *
 * Returns: (transfer full) (nullable): what is not as it should be, in words; empty when all is
 *   well; %NULL when it could not be looked at
 */
GStrv
stall_platform_check (StallRemote *database, GError **error)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (JsonObject) design = stall_platform_new_design ();
  g_autoptr (JsonObject) there = NULL;
  g_autoptr (JsonObject) security = NULL;
  g_autoptr (GError) failed = NULL;

  g_return_val_if_fail (STALL_IS_REMOTE (database), NULL);

  security = ask (database, NULL, "_security", NULL, error);
  if (security == NULL)
    return NULL;
  if (json_array_get_length (get_list (security, "members", "roles")) == 0
      && json_array_get_length (get_list (security, "members", "names")) == 0)
    g_strv_builder_add (found, _ ("Everybody may read this database: it has no members."));
  else if (json_array_get_length (get_list (security, "members", "names")) == 0)
    g_strv_builder_add (found, _ ("Nobody was invited yet."));
  there = ask (database, NULL, DESIGN, NULL, &failed);
  if (there == NULL && !g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (there == NULL)
    g_strv_builder_add (found, _ ("The rules are not installed."));
  else
    {
      json_object_set_string_member (design, "_id", DESIGN);
      json_object_set_string_member (design, "_rev", stall_json_get_string (there, "_rev", ""));
      if (!is_same (there, design))
        g_strv_builder_add (found, _ ("The rules are of another version."));
    }
  return g_strv_builder_end (found);
}
