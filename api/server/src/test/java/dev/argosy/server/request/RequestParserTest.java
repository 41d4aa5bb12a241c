package dev.argosy.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET|/api/v1/pods||list - v1 - pods - - -",
        "GET|/api/v1/pods|watch=1|watch - v1 - pods - - -",
        "GET|/api/v1/pods|watch=false|list - v1 - pods - - -",
        "GET|/api/v1/watch/pods||watch - v1 - pods - - -",
        "GET|/api/v1/watch/namespaces/n/pods/p||watch - v1 n pods p - -",
        "GET|/api/v1/namespaces/n/pods/p||get - v1 n pods p - -",
        "GET|/api/v1/namespaces/n/pods/p|watch=1|get - v1 n pods p - -",
        "GET|/api/v1/namespaces/n||get - v1 - namespaces n - -",
        "PUT|/api/v1/namespaces/n/finalize||update - v1 - namespaces n finalize -",
        "PATCH|/api/v1/namespaces/n/status||patch - v1 - namespaces n status -",
        "GET|/api/v1/namespaces/n/status/s||get - v1 n status s - -",
        "POST|/apis/apps/v1/namespaces/n/deployments||create apps v1 n deployments - - -",
        "DELETE|/apis/apps/v1/namespaces/n/deployments||deletecollection apps v1 n deployments - - -",
        "DELETE|/apis/apps/v1/namespaces/n/deployments/d||delete apps v1 n deployments d - -",
        "POST|/api/v1/namespaces/n/pods/p/exec|command=x|create - v1 n pods p exec -",
        "GET|/api/v1/nodes/n/proxy/a/b||get - v1 - nodes n proxy a/b",
        "GET|/api/v1/secrets|fieldSelector=metadata.name%3Ds|list - v1 - secrets s - -",
        "GET|/api/v1/secrets|fieldSelector=type!%3Dx%5C%2Cmetadata.name%3Ds|list - v1 - secrets - - -",
        "POST|/api/v1/namespaces/n/secrets|fieldSelector=metadata.name%3Ds|create - v1 n secrets - - -",
        "GET|/clusters/acme/api/v1/pods||list - v1 - pods - - -",
        "GET|/version||get - - - - - - -",
        "GET|/apis/apps/v1||get - - - - - - -",
        "GET|/api/v1/namespaces/a%20b/pods||list - v1 a b pods - - -"
      })
  void paths(String method, String path, String query, String expected) {
    RequestInfo info =
        RequestParser.parse(method, path, QueryParams.parse(query == null ? "" : query));
    String found =
        String.join(
            " ",
            info.verb(),
            shown(info.group()),
            shown(info.version()),
            shown(info.namespace()),
            shown(info.resource()),
            shown(info.name()),
            shown(info.subresource()),
            shown(info.subpath()));
    assertThat(found).isEqualTo(expected);
  }

  private static String shown(String text) {
    return text.isEmpty() ? "-" : text;
  }

  @ParameterizedTest
  @CsvSource({
    "/clusters/acme/api,acme,/api",
    "/clusters/*/api/v1/pods,*,/api/v1/pods",
    "/clusters/a,a,/"
  })
  void clusters(String path, String cluster, String rest) {
    RequestInfo info = RequestParser.parse("GET", path, QueryParams.parse(""));
    assertThat(info.urlCluster()).contains(cluster);
    assertThat(info.path()).isEqualTo(rest);
  }
}
