package dev.argosy.controllers.servicecidr;

import java.util.Collection;

/** Whether a range that is to go may. */
final class AddressUse {

  private AddressUse() {}

  /**
   * Whether an address of it is in use that no other range has. Ranges that are about to go, too,
   * do not count: two that share an address would each leave it to the other.
   *
   * @param ranges of the cluster; itself may be among them
   */
  static boolean keeps(
      RangeView range, Collection<RangeView> ranges, Collection<AddressedService> services) {
    return services.stream()
        .flatMap(service -> service.addresses().stream())
        .filter(range::contains)
        .anyMatch(address -> ranges.stream().noneMatch(r -> !r.deleting() && r.contains(address)));
  }
}
