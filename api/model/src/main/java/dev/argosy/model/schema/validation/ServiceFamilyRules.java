package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import java.net.Inet6Address;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The address families of a service, and what only load balancers have. */
final class ServiceFamilyRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
  private static final List<String> POLICIES =
      List.of("PreferDualStack", "RequireDualStack", "SingleStack");
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferClose", "PreferSameNode", "PreferSameZone");

  private ServiceFamilyRules() {}

  static void validate(JsonNode spec, Checks checks) {
    families(spec, checks);
    addresses(spec.path("clusterIPs"), checks);
    String distribution = spec.path("trafficDistribution").asString("");
    if (spec.has("trafficDistribution") && !DISTRIBUTIONS.contains(distribution)) {
      checks.notSupported(SPEC.child("trafficDistribution"), distribution, DISTRIBUTIONS);
    }
    balancer(spec, checks);
  }

  private static void families(JsonNode spec, Checks checks) {
    JsonNode families = spec.path("ipFamilies");
    Path path = SPEC.child("ipFamilies");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < families.size(); i++) {
      String family = families.get(i).asString("");
      if (!FAMILIES.contains(family)) {
        checks.notSupported(path.at(i), family, FAMILIES);
      } else if (!seen.add(family)) {
        checks.duplicate(path.at(i), family);
      }
    }
    if (families.size() > 2) {
      checks.invalid(path, families, "may only hold up to 2 values");
    }
    String policy = spec.path("ipFamilyPolicy").asString("");
    if (spec.has("ipFamilyPolicy") && !POLICIES.contains(policy)) {
      checks.notSupported(SPEC.child("ipFamilyPolicy"), policy, POLICIES);
    }
  }

  private static void addresses(JsonNode addresses, Checks checks) {
    Path path = SPEC.child("clusterIPs");
    if (addresses.size() > 2) {
      checks.invalid(path, addresses, "may only hold up to 2 values");
    }
    if (addresses.size() == 2) {
      boolean first = Addresses.parse(addresses.get(0).asString("")) instanceof Inet6Address;
      boolean second = Addresses.parse(addresses.get(1).asString("")) instanceof Inet6Address;
      if (first == second) {
        checks.invalid(
            path,
            addresses,
            "may specify no more than one IP for each IP family, i.e. 192.0.2.1 and 2001:db8::1");
      }
    }
  }

  private static void balancer(JsonNode spec, Checks checks) {
    boolean balanced = spec.path("type").asString("").equals("LoadBalancer");
    JsonNode ranges = spec.path("loadBalancerSourceRanges");
    for (int i = 0; i < ranges.size(); i++) {
      Cidr.lenient(
          ranges.get(i).asString("").strip(), SPEC.child("loadBalancerSourceRanges").at(i), checks);
    }
    String balancer = spec.path("loadBalancerClass").asString("");
    if (spec.has("loadBalancerClass") && balanced) {
      checks.invalidAll(
          SPEC.child("loadBalancerClass"), balancer, LabelRules.qualifiedName(balancer));
    }
    JsonNode check = spec.path("healthCheckNodePort");
    boolean local = spec.path("externalTrafficPolicy").asString("").equals("Local");
    if (check.asLong(0) != 0 && !(balanced && local)) {
      checks.invalid(
          SPEC.child("healthCheckNodePort"),
          check,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
  }
}
