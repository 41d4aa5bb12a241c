package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.eval.GrowingMap;
import dev.argosy.server.cel.value.Equality;
import dev.argosy.server.cel.value.Values;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import dev.cel.extensions.CelExtensions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** CEL's extensions for sets, base64 and loops with two variables. */
final class Extensions implements Library {

  @Override
  public void declare(Declarations declarations) {
    CelOptions options = CelOptions.DEFAULT;
    TypeParamType key = TypeParamType.create("K");
    TypeParamType value = TypeParamType.create("V");
    CelType map = MapType.create(key, value);
    declarations
        .functions(CelExtensions.sets(options).functions())
        .functions(CelExtensions.encoders(options).functions())
        .function("cel.@mapInsert", "cel_@mapInsert_map_key_value", map, map, key, value)
        .function("cel.@mapInsert", "cel_@mapInsert_map_map", map, map, map);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs((a, result) -> Values.size(a[0]) * Values.size(a[1]));
    functions.add(
        "sets.contains", List.class, List.class, (a, b) -> containsAll((List<?>) a, (List<?>) b));
    functions.add(
        "sets.intersects", List.class, List.class, (a, b) -> intersect((List<?>) a, (List<?>) b));
    functions.add(
        "sets.equivalent",
        List.class,
        List.class,
        (a, b) -> containsAll((List<?>) a, (List<?>) b) && containsAll((List<?>) b, (List<?>) a));
    functions.costs(Costs.readingOf(0));
    functions.add(
        "base64.encode",
        CelByteString.class,
        bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray()));
    functions.add("base64.decode", String.class, Extensions::decode);
    functions.costsOne();
    functions.add("cel.@mapInsert", Map.class, Object.class, Object.class, Extensions::insert);
    functions.add("cel.@mapInsert", Map.class, Map.class, Extensions::insertAll);
  }

  private static boolean containsAll(List<?> list, List<?> wanted) {
    return wanted.stream().allMatch(item -> Equality.contains(list, item));
  }

  private static boolean intersect(List<?> a, List<?> b) {
    return a.stream().anyMatch(item -> Equality.contains(b, item));
  }

  private static CelByteString decode(String text) {
    try {
      String stripped = text.endsWith("=") ? text : text.stripTrailing();
      return CelByteString.of(
          Base64.getDecoder().decode(stripped.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new EvalError("illegal base64 data");
    }
  }

  private static Object insert(Map<?, ?> map, Object key, Object value) {
    return GrowingMap.of(map).with(key, value);
  }

  private static Object insertAll(Map<?, ?> map, Map<?, ?> more) {
    GrowingMap growing = GrowingMap.of(map);
    more.forEach(growing::with);
    return growing;
  }
}
