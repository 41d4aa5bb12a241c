package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Values;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;

/**
 * {@code ip(text)} and {@code cidr(text)}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library">
 *     Kubernetes: IP address library and CIDR library</a>
 */
final class Addresses implements Library {

  private static final CelType IP = OpaqueType.create("net.IP");
  private static final CelType CIDR = OpaqueType.create("net.CIDR");

  @Override
  public void declare(Declarations declarations) {
    CelType bool = SimpleType.BOOL;
    CelType text = SimpleType.STRING;
    declarations
        .function("ip", "string_to_ip", IP, text)
        .function("isIP", "is_ip", bool, text)
        .function("ip.isCanonical", "ip_is_canonical", bool, text)
        .function("string", "ip_to_string", text, IP)
        .function("string", "cidr_to_string", text, CIDR)
        .method("family", "ip_family", SimpleType.INT, IP)
        .method("isUnspecified", "ip_is_unspecified", bool, IP)
        .method("isLoopback", "ip_is_loopback", bool, IP)
        .method("isLinkLocalMulticast", "ip_is_link_local_multicast", bool, IP)
        .method("isLinkLocalUnicast", "ip_is_link_local_unicast", bool, IP)
        .method("isGlobalUnicast", "ip_is_global_unicast", bool, IP)
        .function("cidr", "string_to_cidr", CIDR, text)
        .function("isCIDR", "is_cidr", bool, text)
        .method("containsIP", "cidr_contains_ip_string", bool, CIDR, text)
        .method("containsIP", "cidr_contains_ip_ip", bool, CIDR, IP)
        .method("containsCIDR", "cidr_contains_cidr_string", bool, CIDR, text)
        .method("containsCIDR", "cidr_contains_cidr", bool, CIDR, CIDR)
        .method("ip", "cidr_ip", IP, CIDR)
        .method("masked", "cidr_masked", CIDR, CIDR)
        .method("prefixLength", "cidr_prefix_length", SimpleType.INT, CIDR);
    declarations.name("net.IP", TypeType.create(IP)).name("net.CIDR", TypeType.create(CIDR));
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add("ip", String.class, Addresses::ip);
    functions.add("isIP", String.class, text -> IpAddress.parse(text).isPresent());
    functions.add("cidr", String.class, Addresses::cidr);
    functions.add("isCIDR", String.class, text -> Cidr.parse(text).isPresent());
    functions.costs((arguments, result) -> Costs.reading(2 * Values.size(arguments[0])));
    functions.add("ip.isCanonical", String.class, text -> ip(text).toString().equals(text));
    functions.costsOne();
    functions.add("string", IpAddress.class, IpAddress::toString);
    functions.add("string", Cidr.class, Cidr::toString);
    properties(functions);
    containment(functions);
  }

  private static void properties(FunctionTable.Builder functions) {
    functions.add("family", IpAddress.class, IpAddress::family);
    functions.add("isUnspecified", IpAddress.class, IpAddress::isUnspecified);
    functions.add("isLoopback", IpAddress.class, IpAddress::isLoopback);
    functions.add("isLinkLocalMulticast", IpAddress.class, IpAddress::isLinkLocalMulticast);
    functions.add("isLinkLocalUnicast", IpAddress.class, IpAddress::isLinkLocalUnicast);
    functions.add("isGlobalUnicast", IpAddress.class, IpAddress::isGlobalUnicast);
    functions.add("ip", Cidr.class, Cidr::address);
    functions.add("masked", Cidr.class, Cidr::masked);
    functions.add("prefixLength", Cidr.class, cidr -> (long) cidr.prefix());
  }

  private static void containment(FunctionTable.Builder functions) {
    functions.costs((arguments, result) -> comparing(arguments));
    functions.add("containsIP", Cidr.class, IpAddress.class, Cidr::contains);
    functions.add("containsIP", Cidr.class, String.class, (cidr, text) -> cidr.contains(ip(text)));
    functions.costs((arguments, result) ->
        comparing(arguments) + 1 + Costs.reading(((Cidr) arguments[0]).size()));
    functions.add("containsCIDR", Cidr.class, Cidr.class, Cidr::contains);
    functions.add(
        "containsCIDR", Cidr.class, String.class, (cidr, text) -> cidr.contains(cidr(text)));
  }

  /** Comparing two networks, and reading the other one if it is a text. */
  private static long comparing(Object[] arguments) {
    long reading = arguments[1] instanceof String text ? Costs.reading(Values.size(text)) : 0;
    return Costs.reading(2 * ((Cidr) arguments[0]).size()) + reading;
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text)
        .orElseThrow(
            () -> new EvalError("IP Address \"" + text + "\" parse error during conversion"));
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text)
        .orElseThrow(() ->
            new EvalError("network address parse error during conversion from string: " + text));
  }
}
