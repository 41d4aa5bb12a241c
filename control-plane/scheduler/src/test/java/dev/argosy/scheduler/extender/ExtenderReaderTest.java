package dev.argosy.scheduler.extender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtenderReaderTest {

  private static List<Extender> read(String extenders) {
    String text =
        "{'apiVersion':'kubescheduler.config.k8s.io/v1','kind':'KubeSchedulerConfiguration',"
            + "'extenders':["
            + extenders
            + "]}";
    return ConfigurationFile.read(Json.mapper().readTree(text.replace('\'', '"'))).extenders();
  }

  private static void refused(String extender, String... lines) {
    assertThatThrownBy(() -> read(extender))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(String.join("\n", lines));
  }

  @Test
  void whatIsNotSaid() {
    Extender extender = read("{'urlPrefix':'http://127.0.0.1:8888/'}").getFirst();
    assertThat(extender.url()).isEqualTo(URI.create("http://127.0.0.1:8888"));
    assertThat(extender.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(extender.judges()).isFalse();
    assertThat(extender.ignorable()).isFalse();
    assertThat(extender.cachesNodes()).isFalse();
    assertThat(extender.managed()).isEmpty();
  }

  @Test
  void everythingWrongIsSaidWithItsPlace() {
    refused(
        "{'urlPrefix':'http://a:1','enableHTTPS':true,'preemptVerb':'p q','prioritizeVerb':'x',"
            + "'bindVerb':'a b','httpTimeout':'1h','managedResources':[{'name':'cpu'}],"
            + "'tlsConfig':{'insecure':true,'keyData':'QUJD'}},{'urlPrefix':'ftp://x'},"
            + "{'urlPrefix':'http://u:p@x'},{'urlPrefix':'https://x','tlsConfig':{'caData':'QUJD'}},"
            + "{'urlPrefix':'https://x','tlsConfig':{'caFile':'/nowhere/ca.pem','caDat':'x'}}",
        "extenders[0].urlPrefix: must be https with enableHTTPS",
        "extenders[0].weight: must be at least 1 with prioritizeVerb",
        "extenders[0].preemptVerb: must be a part of an address",
        "extenders[0].bindVerb: must be a part of an address",
        "extenders[0].tlsConfig.insecure: is not served: name the authority in caFile or caData",
        "extenders[0].tlsConfig: a certificate needs its key, and a key its certificate",
        "extenders[0].httpTimeout: must be a time such as 200ms or 5s, at most 60s",
        "extenders[0].managedResources[0].name: must be an extended resource, such as"
            + " example.com/gpu",
        "extenders[1].urlPrefix: must be an http or https address without user and query",
        "extenders[2].urlPrefix: must be an http or https address without user and query",
        "extenders[3].tlsConfig: cannot be used: must be certificates in PEM",
        "extenders[4].tlsConfig.caDat: unknown field",
        "extenders[4].tlsConfig.caFile: cannot be read");
  }
}
