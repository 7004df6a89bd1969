/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-sections.h"

#include "stall-inventory-page.h"
#include "stall-note-page.h"
#include "stall-notes-page.h"
#include "stall-order-page.h"
#include "stall-orders-page.h"
#include "stall-oversold-page.h"
#include "stall-poll-page.h"
#include "stall-product-page.h"
#include "stall-sync-page.h"
#include "stall-today-page.h"
#include "stall-votes-page.h"

#include <glib/gi18n-lib.h>

struct _StallSections
{
  AdwBin parent_instance;

  StallDesk *desk; /* NULL while no stall is open */
  GtkStack *stack;
  StallSection section;
  AdwNavigationView *views[STALL_N_SECTIONS]; /* NULL until first looked at */
};

G_DEFINE_FINAL_TYPE (StallSections, stall_sections, ADW_TYPE_BIN)

static const struct
{
  const char *name;
  const char *title;
  const char *icon;
} sections[STALL_N_SECTIONS] = {
  [STALL_SECTION_TODAY] = { "today", N_ ("Today"), "stall-today-symbolic" },
  [STALL_SECTION_ORDERS] = { "orders", N_ ("Orders"), "stall-orders-symbolic" },
  [STALL_SECTION_INVENTORY] = { "inventory", N_ ("Inventory"), "stall-inventory-symbolic" },
  [STALL_SECTION_NOTES] = { "notes", N_ ("Notes"), "stall-notes-symbolic" },
  [STALL_SECTION_VOTES] = { "votes", N_ ("Votes"), "stall-votes-symbolic" },
};

static AdwNavigationPage *
create_page (StallDesk *desk, StallSection section)
{
  switch (section)
    {
    case STALL_SECTION_TODAY:
      return stall_today_page_new (desk);
    case STALL_SECTION_ORDERS:
      return ADW_NAVIGATION_PAGE (stall_orders_page_new (desk));
    case STALL_SECTION_INVENTORY:
      return ADW_NAVIGATION_PAGE (stall_inventory_page_new (desk));
    case STALL_SECTION_NOTES:
      return stall_notes_page_new (desk);
    case STALL_SECTION_VOTES:
      return stall_votes_page_new (desk);
    case STALL_N_SECTIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static AdwNavigationView *
get_view (StallSections *self, StallSection section)
{
  if (self->views[section] == NULL)
    {
      AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());

      adw_navigation_view_add (view, create_page (self->desk, section));
      gtk_stack_add_child (self->stack, GTK_WIDGET (view));
      self->views[section] = view;
    }
  return self->views[section];
}

static AdwNavigationPage *
create_thing_page (StallDesk *desk, const char *id)
{
  if (stall_kind_of_id (id) == STALL_KIND_ORDER)
    return stall_order_page_new (desk, id);
  if (stall_kind_of_id (id) == STALL_KIND_PRODUCT)
    return stall_product_page_new (desk, id);
  if (stall_kind_of_id (id) == STALL_KIND_POLL)
    return stall_poll_page_new (desk, id);
  if (stall_kind_of_id (id) == STALL_KIND_NOTE)
    return stall_note_page_new (desk, id);
  if (g_str_equal (id, STALL_SYNC_PAGE_ID))
    return stall_sync_page_new (desk);
  if (g_str_equal (id, STALL_OVERSOLD_PAGE_ID))
    return stall_oversold_page_new (desk);
  return NULL;
}

static void
stall_sections_dispose (GObject *object)
{
  g_clear_object (&STALL_SECTIONS (object)->desk);

  G_OBJECT_CLASS (stall_sections_parent_class)->dispose (object);
}

static void
stall_sections_class_init (StallSectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_sections_dispose;
}

static void
stall_sections_init (StallSections *self)
{
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * stall_section_get_name:
 * @section: a section
 *
 * Returns: (transfer none): its name in settings and actions
 */
const char *
stall_section_get_name (StallSection section)
{
  return sections[section].name;
}

/**
 * stall_section_get_title:
 * @section: a section
 *
 * Returns: (transfer none): its title in the person's language
 */
const char *
stall_section_get_title (StallSection section)
{
  return _ (sections[section].title);
}

/**
 * stall_section_get_icon:
 * @section: a section
 *
 * Returns: (transfer none): the name of its icon
 */
const char *
stall_section_get_icon (StallSection section)
{
  return sections[section].icon;
}

/**
 * stall_section_from_name:
 * @name: what stall_section_get_name() gave, maybe of another version
 *
 * Returns: that section; %STALL_SECTION_TODAY when there is none of this name
 */
StallSection
stall_section_from_name (const char *name)
{
  for (StallSection section = 0; section < STALL_N_SECTIONS; section++)
    {
      if (g_str_equal (sections[section].name, name))
        return section;
    }
  return STALL_SECTION_TODAY;
}

/**
 * stall_sections_set_desk:
 * @self: the sections
 * @desk: (nullable): of the stall to show; %NULL for none
 *
 * Takes the pages of the stall before down. Those of this one are made when they are shown.
 */
void
stall_sections_set_desk (StallSections *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_SECTIONS (self));

  if (!g_set_object (&self->desk, desk))
    return;
  for (StallSection section = 0; section < STALL_N_SECTIONS; section++)
    {
      if (self->views[section] != NULL)
        gtk_stack_remove (self->stack, GTK_WIDGET (self->views[section]));
      self->views[section] = NULL;
    }
}

/**
 * stall_sections_get_section:
 * @self: the sections
 *
 * Returns: the one that is shown
 */
StallSection
stall_sections_get_section (StallSections *self)
{
  g_return_val_if_fail (STALL_IS_SECTIONS (self), STALL_SECTION_TODAY);

  return self->section;
}

/**
 * stall_sections_get_page:
 * @self: the sections of a stall
 *
 * Returns: (transfer none): the page that is shown
 */
AdwNavigationPage *
stall_sections_get_page (StallSections *self)
{
  g_return_val_if_fail (STALL_IS_SECTIONS (self) && self->desk != NULL, NULL);

  return adw_navigation_view_get_visible_page (get_view (self, self->section));
}

/**
 * stall_sections_show:
 * @self: the sections of a stall
 * @section: one of them
 *
 * Shows a section, where it was left.
 */
void
stall_sections_show (StallSections *self, StallSection section)
{
  g_return_if_fail (STALL_IS_SECTIONS (self) && self->desk != NULL);
  g_return_if_fail (section < STALL_N_SECTIONS);

  self->section = section;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (get_view (self, section)));
}

/**
 * stall_sections_show_root:
 * @self: the sections of a stall
 * @section: one of them
 *
 * Shows the first page of a section.
 *
 * Returns: (transfer none): that page
 */
AdwNavigationPage *
stall_sections_show_root (StallSections *self, StallSection section)
{
  g_autoptr (GListModel) pages = NULL;
  g_autoptr (AdwNavigationPage) root = NULL;
  AdwNavigationView *view;

  g_return_val_if_fail (STALL_IS_SECTIONS (self) && self->desk != NULL, NULL);

  view = get_view (self, section);
  pages = adw_navigation_view_get_navigation_stack (view);
  root = g_list_model_get_item (pages, 0);
  adw_navigation_view_pop_to_page (view, root);
  stall_sections_show (self, section);
  return root;
}

/**
 * stall_sections_open:
 * @self: the sections of a stall
 * @id: of an order, a product, a poll or a note
 *
 * Opens a thing on top of where the person is, so that Back leads there again. One that is open
 * further down is gone back to.
 */
void
stall_sections_open (StallSections *self, const char *id)
{
  AdwNavigationView *view;
  AdwNavigationPage *page;

  g_return_if_fail (STALL_IS_SECTIONS (self) && self->desk != NULL);
  g_return_if_fail (id != NULL);

  view = get_view (self, self->section);
  if (adw_navigation_view_find_page (view, id) != NULL)
    {
      adw_navigation_view_pop_to_tag (view, id);
      return;
    }
  page = create_thing_page (self->desk, id);
  g_return_if_fail (page != NULL);
  adw_navigation_page_set_tag (page, id);
  adw_navigation_view_push (view, page);
}

/**
 * stall_sections_show_list:
 * @self: the sections of a stall
 * @query: what to list
 *
 * Shows a list on the first page of its section.
 */
void
stall_sections_show_list (StallSections *self, const StallQuery *query)
{
  AdwNavigationPage *page;

  g_return_if_fail (STALL_IS_SECTIONS (self) && self->desk != NULL);
  g_return_if_fail (query != NULL);

  switch (query->list)
    {
    case STALL_LIST_ORDERS:
      page = stall_sections_show_root (self, STALL_SECTION_ORDERS);
      stall_orders_page_set_query (STALL_ORDERS_PAGE (page), query);
      break;
    case STALL_LIST_NOTES:
      page = stall_sections_show_root (self, STALL_SECTION_NOTES);
      stall_notes_page_set_query (STALL_NOTES_PAGE (page), query);
      break;
    case STALL_LIST_POLLS:
      page = stall_sections_show_root (self, STALL_SECTION_VOTES);
      stall_votes_page_set_query (STALL_VOTES_PAGE (page), query);
      break;
    default:
      page = stall_sections_show_root (self, STALL_SECTION_INVENTORY);
      stall_inventory_page_set_query (STALL_INVENTORY_PAGE (page), query);
    }
}
