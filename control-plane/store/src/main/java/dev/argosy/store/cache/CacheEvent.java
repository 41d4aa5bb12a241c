package dev.argosy.store.cache;

import dev.argosy.model.object.ApiObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object. Every watcher gets the same instance, so what is derived from it (its
 * wire form, for example) is made once and kept with {@link #form}.
 */
public final class CacheEvent {

  /** What happened, seen without any selector. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  private final Type type;
  private final ApiObject object;
  private final @Nullable ApiObject previous;
  private volatile @Nullable Map<Object, Object> forms;

  CacheEvent(Type type, ApiObject object, @Nullable ApiObject previous) {
    this.type = type;
    this.object = object;
    this.previous = previous;
  }

  public Type type() {
    return type;
  }

  /** The new state; of a deletion the last state, carrying the revision of the deletion. */
  public ApiObject object() {
    return object;
  }

  /** The state before, carrying its own revision; empty for {@link Type#ADDED}. */
  public Optional<ApiObject> previous() {
    return Optional.ofNullable(previous);
  }

  public long revision() {
    return object.revision();
  }

  /**
   * Something made of this event, kept as long as the event is.
   *
   * @param key says what it is; one key always has the same type
   * @param make may run more than once if threads race; one result wins
   */
  public <T> T form(Object key, Class<T> type, Function<CacheEvent, T> make) {
    Map<Object, Object> known = forms();
    Object found = known.get(key);
    if (found == null) {
      T made = make.apply(this);
      Object earlier = known.putIfAbsent(key, made);
      found = earlier == null ? made : earlier;
    }
    return type.cast(found);
  }

  private Map<Object, Object> forms() {
    Map<Object, Object> known = forms;
    if (known == null) {
      synchronized (this) {
        known = forms;
        if (known == null) {
          known = new ConcurrentHashMap<>(4);
          forms = known;
        }
      }
    }
    return known;
  }

  @Override
  public String toString() {
    return type + " " + object;
  }
}
