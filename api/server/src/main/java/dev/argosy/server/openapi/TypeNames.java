package dev.argosy.server.openapi;

import dev.argosy.model.schema.field.StructType;
import java.util.List;
import java.util.Set;

/** The names of types in OpenAPI documents, which are Go packages for those of Kubernetes. */
final class TypeNames {

  static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
  static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";

  /** Groups of Kubernetes itself; other groups with dots are those of custom resources. */
  private static final Set<String> OF_KUBERNETES =
      Set.of(
          "admissionregistration.k8s.io",
          "authentication.k8s.io",
          "authorization.k8s.io",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "events.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "internal.apiserver.k8s.io",
          "networking.k8s.io",
          "node.k8s.io",
          "rbac.authorization.k8s.io",
          "resource.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io",
          "storagemigration.k8s.io");

  private TypeNames() {}

  /** {@code com.example} for {@code example.com}. */
  private static String reversed(String group) {
    return String.join(".", List.of(group.split("\\.")).reversed());
  }

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
        String first = dot < 0 ? group : group.substring(0, dot);
        if (group.endsWith(".argosy.dev")) {
          yield "dev.argosy." + first;
        }
        yield dot < 0 || OF_KUBERNETES.contains(group) ? "io.k8s.api." + first : reversed(group);
      }
    };
  }
}
