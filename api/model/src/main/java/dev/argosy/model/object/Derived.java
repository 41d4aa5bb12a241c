package dev.argosy.model.object;

import org.jspecify.annotations.Nullable;

/** What has been made of one revision of an object: a short list, one entry for each type. */
record Derived(Class<?> type, Object maker, Object value, @Nullable Derived next) {

  static @Nullable Derived find(@Nullable Derived list, Class<?> type) {
    Derived entry = list;
    while (entry != null && entry.type != type) {
      entry = entry.next;
    }
    return entry;
  }

  static @Nullable Derived without(@Nullable Derived list, Class<?> type) {
    if (list == null) {
      return null;
    }
    return list.type == type
        ? list.next
        : new Derived(list.type, list.maker, list.value, without(list.next, type));
  }
}
