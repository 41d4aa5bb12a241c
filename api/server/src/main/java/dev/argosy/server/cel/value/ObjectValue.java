package dev.argosy.server.cel.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that an expression made: {@code Object.spec{replicas: 3}}.
 *
 * @param fields by their JSON names, in the order of the expression
 */
public record ObjectValue(String typeName, Map<String, Object> fields) implements Selectable {

  public ObjectValue {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  @Override
  public @Nullable Object select(String field) {
    return fields.get(PropertyNames.unescape(field));
  }
}
