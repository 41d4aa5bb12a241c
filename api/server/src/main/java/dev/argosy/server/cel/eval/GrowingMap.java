package dev.argosy.server.cel.eval;

import dev.argosy.server.cel.value.Equality;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A loop's own map; see {@link GrowingList}. */
public final class GrowingMap extends AbstractMap<Object, Object> {

  private final Map<Object, Object> entries = new LinkedHashMap<>();

  /** That map if it is one that grows already, else a copy that does. */
  public static GrowingMap of(Map<?, ?> map) {
    if (map instanceof GrowingMap growing) {
      return growing;
    }
    GrowingMap growing = new GrowingMap();
    map.forEach((key, value) -> growing.entries.put(key, value));
    return growing;
  }

  /**
   * This map with one entry more.
   *
   * @throws EvalError if the key is there, or is none
   */
  public GrowingMap with(Object key, Object value) {
    if (!Equality.isKey(key)) {
      throw new EvalError("unsupported key type");
    }
    if (Equality.find(entries, key) != null) {
      throw new EvalError("insert failed: key '" + key + "' already exists");
    }
    entries.put(key, value);
    return this;
  }

  Map<Object, Object> finished() {
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return Collections.unmodifiableMap(entries).entrySet();
  }
}
