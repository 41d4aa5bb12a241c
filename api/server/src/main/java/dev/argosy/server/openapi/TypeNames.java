package dev.argosy.server.openapi;

import dev.argosy.model.schema.field.StructType;

/** The names of types in OpenAPI documents, which are Go packages for those of Kubernetes. */
final class TypeNames {

  static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
  static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";

  private TypeNames() {}

  static String of(StructType type) {
    return of(type.groupVersion(), type.name());
  }

  /**
   * A type's name.
   *
   * @param groupVersion {@code v1} for core
   */
  static String of(String groupVersion, String name) {
    int slash = groupVersion.indexOf('/');
    String group = slash < 0 ? "core" : groupVersion.substring(0, slash);
    String version = groupVersion.substring(slash + 1);
    return pack(group) + "." + version + "." + name;
  }

  private static String pack(String group) {
    return switch (group) {
      case "meta" -> "io.k8s.apimachinery.pkg.apis.meta";
      case "apiextensions.k8s.io" -> "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions";
      case "apiregistration.k8s.io" -> "io.k8s.kube-aggregator.pkg.apis.apiregistration";
      default -> {
        int dot = group.indexOf('.');
        boolean ours = group.endsWith(".argosy.dev");
        String first = dot < 0 ? group : group.substring(0, dot);
        yield ours ? "dev.argosy." + first : "io.k8s.api." + first;
      }
    };
  }
}
