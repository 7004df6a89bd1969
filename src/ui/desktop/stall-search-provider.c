/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-search-provider.h"

#include "stall-async.h"
#include "stall-opening.h"
#include "stall-query-model.h"
#include "stall-window.h"

#include <glib/gi18n-lib.h>

#define MAX_OF_A_KIND 5

struct _StallSearchProvider
{
  GObject parent_instance;

  GApplication *application; /* not owned: it owns this */
  GHashTable *found;         /* id → Result, of the last search */
};

G_DEFINE_FINAL_TYPE (StallSearchProvider, stall_search_provider, G_TYPE_OBJECT)

static const char interface_xml[]
    = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
      "<method name='GetInitialResultSet'><arg type='as' direction='in'/>"
      "<arg type='as' direction='out'/></method>"
      "<method name='GetSubsearchResultSet'><arg type='as' direction='in'/>"
      "<arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
      "<method name='GetResultMetas'><arg type='as' direction='in'/>"
      "<arg type='aa{sv}' direction='out'/></method>"
      "<method name='ActivateResult'><arg type='s' direction='in'/><arg type='as' direction='in'/>"
      "<arg type='u' direction='in'/></method>"
      "<method name='LaunchSearch'><arg type='as' direction='in'/><arg type='u' direction='in'/>"
      "</method></interface></node>";

typedef struct
{
  char *title;
  char *description;
} Result;

static void
result_free (Result *result)
{
  g_free (result->title);
  g_free (result->description);
  g_free (result);
}

typedef struct
{
  StallSearchProvider *provider;
  char **terms;
  GDBusMethodInvocation *invocation;
} Search;

static void
search_free (Search *search)
{
  g_application_release (search->provider->application);
  g_object_unref (search->provider);
  g_strfreev (search->terms);
  g_free (search);
}

static void
add (StallSearchProvider *self, GStrvBuilder *ids, const char *id, char *title, const char *words)
{
  Result *result = g_new0 (Result, 1);

  result->title = title;
  result->description = g_strdup (words);
  g_hash_table_insert (self->found, g_strdup (id), result);
  g_strv_builder_add (ids, id);
}

/* A list of orders is also found by who ordered, which is nobody else's business on this screen. */
static gboolean
is_found_by_itself (StallOrderRow *row, char **terms)
{
  g_autofree char *words = g_strdup_printf ("%s %s", stall_order_row_get_order_number (row),
                                            stall_order_row_get_summary (row));
  g_autofree char *folded = g_utf8_casefold (words, -1);

  for (gsize i = 0; terms[i] != NULL; i++)
    {
      g_autofree char *term = g_utf8_casefold (terms[i], -1);

      if (strstr (folded, term) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
take_row (Search *search, GStrvBuilder *ids, gpointer row)
{
  StallSearchProvider *self = search->provider;

  if (STALL_IS_PRODUCT_ROW (row))
    add (self, ids, stall_product_row_get_id (row), g_strdup (stall_product_row_get_title (row)),
         _ ("Product"));
  else if (STALL_IS_NOTE_ROW (row))
    add (self, ids, stall_note_row_get_id (row), g_strdup (stall_note_row_get_title (row)),
         _ ("Note"));
  else if (is_found_by_itself (row, search->terms))
    add (self, ids, stall_order_row_get_id (row),
         g_strdup_printf (_ ("Order %s"), stall_order_row_get_order_number (row)),
         stall_order_row_get_summary (row));
}

static void
find_in (Search *search, StallStore *store, GStrvBuilder *ids)
{
  static const StallList lists[] = { STALL_LIST_PRODUCTS, STALL_LIST_ORDERS, STALL_LIST_NOTES };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (StallQuery) query = stall_query_new (lists[i]);
      g_autoptr (GListModel) rows = NULL;

      query->search = g_strjoinv (" ", search->terms);
      rows = dex_await_object (stall_store_query_rows (store, query, MAX_OF_A_KIND), NULL);
      for (guint j = 0; rows != NULL && j < g_list_model_get_n_items (rows); j++)
        {
          g_autoptr (StallRow) row = g_list_model_get_item (rows, j);

          take_row (search, ids, row);
        }
    }
}

/* The stall of an open window. */
static StallStore *
find_open_store (StallSearchProvider *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      StallDesk *desk = STALL_IS_WINDOW (l->data) ? stall_window_get_desk (l->data) : NULL;

      if (desk != NULL)
        return g_object_ref (stall_desk_get_store (desk));
    }
  return NULL;
}

/* With no window the stall is looked into without taking it from anybody. A desktop has no use for
 * an error here: what cannot be read is not found. */
static DexFuture *
search_fiber (gpointer data)
{
  Search *search = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (StallStore) store = find_open_store (search->provider);
  g_auto (GStrv) found = NULL;

  g_hash_table_remove_all (search->provider->found);
  if (store != NULL)
    find_in (search, store, ids);
  else
    {
      g_autoptr (GSettings) settings = g_settings_new (STALL_APPLICATION_ID);
      g_autofree char *folder = stall_find_last_folder (settings);

      if (stall_store_exists (folder))
        store = dex_await_object (stall_store_open (folder, STALL_STORE_READ_ONLY), NULL);
      if (store != NULL)
        {
          find_in (search, store, ids);
          dex_await (stall_store_close (store), NULL);
        }
    }
  found = g_strv_builder_end (ids);
  g_dbus_method_invocation_return_value (search->invocation, g_variant_new ("(^as)", found));
  return dex_future_new_true ();
}

static void
start_search (StallSearchProvider *self, char **terms, GDBusMethodInvocation *invocation)
{
  Search *search = g_new0 (Search, 1);

  search->provider = g_object_ref (self);
  search->terms = terms;
  search->invocation = invocation;
  g_application_hold (self->application);
  stall_spawn (search_fiber, search, (GDestroyNotify) search_free);
}

static GVariant *
describe (StallSearchProvider *self, char **ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      Result *result = g_hash_table_lookup (self->found, ids[i]);

      if (result == NULL)
        continue;
      g_variant_builder_open (&metas, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (ids[i]));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (result->title));
      g_variant_builder_add (&metas, "{sv}", "description",
                             g_variant_new_string (result->description));
      g_variant_builder_add (&metas, "{sv}", "gicon", g_variant_new_string (STALL_APPLICATION_ID));
      g_variant_builder_close (&metas);
    }
  return g_variant_new ("(aa{sv})", &metas);
}

static void
call_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  StallSearchProvider *self = data;
  char **terms = NULL;

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^as)", &terms);
      start_search (self, terms, invocation);
      return;
    }
  if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(@as^as)", NULL, &terms);
      start_search (self, terms, invocation);
      return;
    }
  if (g_str_equal (method, "GetResultMetas"))
    {
      g_auto (GStrv) ids = NULL;

      g_variant_get (parameters, "(^as)", &ids);
      g_dbus_method_invocation_return_value (invocation, describe (self, ids));
      return;
    }
  if (g_str_equal (method, "ActivateResult"))
    {
      const char *id;

      g_variant_get (parameters, "(&s@asu)", &id, NULL, NULL);
      g_action_group_activate_action (G_ACTION_GROUP (self->application), "follow",
                                      g_variant_new_string (id));
    }
  else
    g_application_activate (self->application);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
stall_search_provider_finalize (GObject *object)
{
  g_hash_table_unref (STALL_SEARCH_PROVIDER (object)->found);

  G_OBJECT_CLASS (stall_search_provider_parent_class)->finalize (object);
}

static void
stall_search_provider_class_init (StallSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_search_provider_finalize;
}

static void
stall_search_provider_init (StallSearchProvider *self)
{
  self->found
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) result_free);
}

/**
 * stall_search_provider_new:
 * @application: (transfer none): the program, which outlives the provider
 *
 * Returns: (transfer full): what answers the desktop's search
 */
StallSearchProvider *
stall_search_provider_new (GApplication *application)
{
  StallSearchProvider *self = g_object_new (STALL_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  return self;
}

/**
 * stall_search_provider_export:
 * @self: a search provider
 * @connection: the session bus
 * @path: where on it
 * @error: return location
 *
 * Answers at @path as long as @connection is there.
 *
 * Returns: whether it does
 */
gboolean
stall_search_provider_export (StallSearchProvider *self,
                              GDBusConnection *connection,
                              const char *path,
                              GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  g_return_val_if_fail (STALL_IS_SEARCH_PROVIDER (self), FALSE);

  return node != NULL
         && g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable,
                                               g_object_ref (self), g_object_unref, error)
                != 0;
}
