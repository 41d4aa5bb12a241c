package dev.argosy.model.informer;

import dev.argosy.model.object.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The image: values by key and by index. One writer; readers see each object whole. */
final class InformerCache<T> {

  private record Entry<T>(long revision, T value) {}

  private final Map<ObjectKey, Entry<T>> entries = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Map<ObjectKey, T>>> indexed = new HashMap<>();
  private final List<Index<T>> indexes;

  InformerCache(List<Index<T>> indexes) {
    this.indexes = indexes;
    indexes.forEach(index -> indexed.put(index.name(), new ConcurrentHashMap<>()));
  }

  /** Whether exactly this revision of the object is held. */
  boolean holds(ObjectKey key, long revision) {
    Entry<T> entry = entries.get(key);
    return entry != null && entry.revision() == revision;
  }

  @Nullable T get(ObjectKey key) {
    Entry<T> entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  List<T> all() {
    return entries.values().stream().map(Entry::value).toList();
  }

  Set<ObjectKey> keys() {
    return Set.copyOf(entries.keySet());
  }

  int size() {
    return entries.size();
  }

  List<T> find(String index, String value) {
    Map<String, Map<ObjectKey, T>> buckets = indexed.get(index);
    if (buckets == null) {
      throw new IllegalArgumentException("no index " + index);
    }
    Map<ObjectKey, T> bucket = buckets.get(value);
    return bucket == null ? List.of() : List.copyOf(bucket.values());
  }

  /** Keeps the value; answers the one before. */
  @Nullable T put(ObjectKey key, long revision, T value) {
    Entry<T> old = entries.put(key, new Entry<>(revision, value));
    for (Index<T> index : indexes) {
      reindex(index, key, old == null ? null : old.value(), value);
    }
    return old == null ? null : old.value();
  }

  @Nullable T remove(ObjectKey key) {
    Entry<T> old = entries.remove(key);
    if (old == null) {
      return null;
    }
    for (Index<T> index : indexes) {
      reindex(index, key, old.value(), null);
    }
    return old.value();
  }

  private void reindex(Index<T> index, ObjectKey key, @Nullable T old, @Nullable T value) {
    Collection<String> now = value == null ? List.of() : index.values().apply(value);
    Map<String, Map<ObjectKey, T>> buckets = indexed.get(index.name());
    if (buckets == null) {
      return;
    }
    if (value != null) {
      for (String bucket : now) {
        buckets.computeIfAbsent(bucket, b -> new ConcurrentHashMap<>()).put(key, value);
      }
    }
    if (old != null) {
      Set<String> gone = new HashSet<>(index.values().apply(old));
      gone.removeAll(now);
      gone.forEach(bucket -> removeFrom(buckets, bucket, key));
    }
  }

  private static <T> void removeFrom(
      Map<String, Map<ObjectKey, T>> buckets, String bucket, ObjectKey key) {
    Map<ObjectKey, T> members = buckets.get(bucket);
    if (members != null) {
      members.remove(key);
      if (members.isEmpty()) {
        buckets.remove(bucket);
      }
    }
  }
}
