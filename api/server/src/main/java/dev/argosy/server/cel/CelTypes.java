package dev.argosy.server.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.argosy.server.cel.value.PropertyNames;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Shapes as the checker's types. Object types are made when first asked for, and kept. */
// grows, but never changes what it once answered, which is what the checker relies on
@SuppressWarnings("Immutable")
final class CelTypes implements CelTypeProvider {

  private final Map<String, StructType> objects = new ConcurrentHashMap<>();

  /** These, and those by their names. */
  CelTypeProvider with(Map<String, StructType> more) {
    CelTypes all = new CelTypes();
    all.objects.putAll(objects);
    all.objects.putAll(more);
    return all;
  }

  CelType of(Shape shape) {
    return switch (shape) {
      case Shape.Scalar scalar -> scalar(scalar.kind());
      case Shape.ListOf list -> ListType.create(of(list.item()));
      case Shape.MapOf map -> MapType.create(of(map.key()), of(map.value()));
      case Shape.ObjectOf object -> object(object);
      case Shape.Checked checked -> checked.type();
      case Shape.OptionalOf optional -> OptionalType.create(of(optional.value()));
      case Shape.OpaqueOf opaque -> OpaqueType.create(opaque.typeName());
    };
  }

  private static CelType scalar(Shape.Kind kind) {
    return switch (kind) {
      case DYN, INT_OR_STRING -> SimpleType.DYN;
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BYTES -> SimpleType.BYTES;
      case DATE, TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
    };
  }

  private StructType object(Shape.ObjectOf object) {
    StructType known = objects.get(object.typeName());
    if (known != null) {
      return known;
    }
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    for (String property : object.fieldNames().get()) {
      PropertyNames.escape(property).ifPresent(names::add);
      if (PropertyNames.isKeyword(property)) {
        names.add(property);
      }
    }
    StructType made =
        StructType.create(object.typeName(), names.build(), field -> field(object, field));
    StructType raced = objects.putIfAbsent(object.typeName(), made);
    return raced == null ? made : raced;
  }

  /** Keywords are found as they are, too: {@code self.namespace}. */
  private Optional<CelType> field(Shape.ObjectOf object, String field) {
    @Nullable Shape shape = object.field().apply(PropertyNames.unescape(field));
    return Optional.ofNullable(shape).map(this::of);
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(objects.values());
  }

  @Override
  public Optional<CelType> findType(String typeName) {
    return Optional.ofNullable(objects.get(typeName));
  }
}
