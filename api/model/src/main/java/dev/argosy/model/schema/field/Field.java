package dev.argosy.model.schema.field;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field of a type.
 *
 * @param goType the type's name in the Go sources, which error messages show
 * @param required whether the API's documents call it required
 * @param omitZero whether an empty value ({@code ""}, 0, false, {@code []}, <code>{}</code>) means
 *     the same as none, so that it is left out when written
 * @param facets what server-side apply and strategic merge need to know
 * @param declaredDefault the value that stands for a missing one, if the type itself declares it
 */
public record Field(
    String name,
    FieldType type,
    String goType,
    boolean required,
    boolean omitZero,
    Facets facets,
    @Nullable JsonNode declaredDefault) {

  /**
   * How lists and maps are merged.
   *
   * @param listType {@code set}, {@code map}, {@code atomic}, {@code granular}, or empty
   * @param mapKeys the keys of a list of type map
   * @param patchStrategies {@code merge}, {@code replace}, {@code retainKeys}
   * @param mergeKey the key for strategic merge; empty if none
   */
  public record Facets(
      String listType, List<String> mapKeys, Set<String> patchStrategies, String mergeKey) {

    public static final Facets NONE = new Facets("", List.of(), Set.of(), "");

    public Facets {
      mapKeys = List.copyOf(mapKeys);
      patchStrategies = Set.copyOf(patchStrategies);
    }

    public boolean merges() {
      return patchStrategies.contains("merge");
    }

    public boolean retainsKeys() {
      return patchStrategies.contains("retainKeys");
    }
  }
}
