package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Stored objects and presets, both in the order of keys, as one; a stored object hides a preset.
 */
final class WithPresets implements Iterator<ApiObject> {

  private final Iterator<ApiObject> stored;
  private final Iterator<ApiObject> presets;
  private @Nullable ApiObject nextStored;
  private @Nullable ApiObject nextPreset;

  WithPresets(Iterator<ApiObject> stored, Iterator<ApiObject> presets) {
    this.stored = stored;
    this.presets = presets;
    this.nextStored = after(stored);
    this.nextPreset = after(presets);
  }

  private static @Nullable ApiObject after(Iterator<ApiObject> objects) {
    return objects.hasNext() ? objects.next() : null;
  }

  @Override
  public boolean hasNext() {
    return nextStored != null || nextPreset != null;
  }

  @Override
  public ApiObject next() {
    ApiObject own = nextStored;
    ApiObject preset = nextPreset;
    if (own == null && preset == null) {
      throw new NoSuchElementException();
    }
    int order = own == null ? 1 : preset == null ? -1 : own.key().compareTo(preset.key());
    if (order >= 0) {
      nextPreset = after(presets);
    }
    if (order <= 0) {
      nextStored = after(stored);
    }
    return order <= 0 && own != null ? own : java.util.Objects.requireNonNull(preset);
  }
}
