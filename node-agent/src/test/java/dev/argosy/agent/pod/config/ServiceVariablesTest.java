package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import org.junit.jupiter.api.Test;

class ServiceVariablesTest {

  private final ServiceVariables variables = new ServiceVariables();

  private void add(String name, String spec) {
    String json = "{'metadata':{'name':'" + name + "'},'spec':" + spec + "}";
    variables.add(Json.mapper().readTree(json.replace('\'', '"')));
  }

  @Test
  void everyPortIsTold() {
    add(
        "my-db",
        "{'clusterIP':'10.96.0.9','ports':[{'name':'main','port':5432,'protocol':'TCP'},"
            + "{'name':'stats-x','port':99,'protocol':'UDP'}]}");
    assertThat(variables.all())
        .containsEntry("MY_DB_SERVICE_HOST", "10.96.0.9")
        .containsEntry("MY_DB_SERVICE_PORT", "5432")
        .containsEntry("MY_DB_SERVICE_PORT_MAIN", "5432")
        .containsEntry("MY_DB_SERVICE_PORT_STATS_X", "99")
        .containsEntry("MY_DB_PORT", "tcp://10.96.0.9:5432")
        .containsEntry("MY_DB_PORT_5432_TCP", "tcp://10.96.0.9:5432")
        .containsEntry("MY_DB_PORT_5432_TCP_PROTO", "tcp")
        .containsEntry("MY_DB_PORT_5432_TCP_PORT", "5432")
        .containsEntry("MY_DB_PORT_5432_TCP_ADDR", "10.96.0.9")
        .containsEntry("MY_DB_PORT_99_UDP", "udp://10.96.0.9:99")
        .hasSize(13);
  }

  @Test
  void servicesWithoutAnAddressHaveNone() {
    add("headless", "{'clusterIP':'None','ports':[{'port':80}]}");
    add("name-only", "{'type':'ExternalName','externalName':'example.com'}");
    assertThat(variables.all()).isEmpty();
  }

  @Test
  void theApiIsToldAlways() {
    variables.addKubernetes("10.96.0.1");
    assertThat(variables.all())
        .containsEntry("KUBERNETES_SERVICE_HOST", "10.96.0.1")
        .containsEntry("KUBERNETES_SERVICE_PORT_HTTPS", "443")
        .containsEntry("KUBERNETES_PORT_443_TCP", "tcp://10.96.0.1:443")
        .hasSize(8);
  }
}
