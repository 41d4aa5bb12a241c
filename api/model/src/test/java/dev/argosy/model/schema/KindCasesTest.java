package dev.argosy.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each kind accepts, fills in and refuses, as tables: a good object, changes of it that make
 * it bad, and the exact words about them. The form is told in {@link KindCases}.
 */
class KindCasesTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final List<String> FILES =
      List.of(
          "pods",
          "services",
          "workloads",
          "batch",
          "scaling",
          "volumes",
          "budgets",
          "limits",
          "admission",
          "extension",
          "networking",
          "storage",
          "tenants",
          "classes",
          "flowcontrol",
          "devices",
          "discovery",
          "certificates",
          "gangs",
          "access",
          "placement");

  @TestFactory
  Stream<DynamicTest> cases() {
    return FILES.stream()
        .flatMap(file -> KindCases.read(file, KINDS).stream())
        .map(KindCasesTest::test);
  }

  private static DynamicTest test(KindCases.Case one) {
    return DynamicTest.dynamicTest(
        one.name(),
        () -> {
          KindCases.Outcome outcome = one.run();
          assertThat(outcome.words()).containsExactlyInAnyOrderElementsOf(one.expected());
          one.filledIn().ifPresent(object -> assertThat(outcome.object()).isEqualTo(object));
        });
  }

  @TestFactory
  Stream<DynamicTest> everyGoodObjectHasCells() {
    return FILES.stream()
        .flatMap(file -> KindCases.read(file, KINDS).stream())
        .filter(one -> one.expected().isEmpty())
        .map(
            one -> DynamicTest.dynamicTest(one.name(), () -> assertThat(one.cells()).isNotEmpty()));
  }
}
