package dev.argosy.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What a limit range says to what is asked for. */
class LimitRangeTest {

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'min':{'cpu':'100m'}}                 | {} | minimum cpu usage per Container is 100m.  No request is specified
          {'min':{'cpu':'100m'}}                 | {'requests':{'cpu':'50m'}} | minimum cpu usage per Container is 100m, but request is 50m
          {'min':{'cpu':'100m'}}                 | {'requests':{'cpu':'1'},'limits':{'cpu':'50m'}} | minimum cpu usage per Container is 100m, but limit is 50m
          {'max':{'memory':'1Gi'}}               | {} | maximum memory usage per Container is 1Gi.  No limit is specified
          {'max':{'memory':'1Gi'}}               | {'limits':{'memory':'2Gi'}} | maximum memory usage per Container is 1Gi, but limit is 2Gi
          {'max':{'memory':'1Gi'}}               | {'requests':{'memory':'2Gi'},'limits':{'memory':'1Gi'}} | maximum memory usage per Container is 1Gi, but request is 2Gi
          {'maxLimitRequestRatio':{'cpu':'2'}}   | {'limits':{'cpu':'1'}} | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0
          {'maxLimitRequestRatio':{'cpu':'2'}}   | {'requests':{'cpu':'1'}} | cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0
          {'maxLimitRequestRatio':{'cpu':'2'}}   | {'requests':{'cpu':'1'},'limits':{'cpu':'3'}} | cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000
          {'maxLimitRequestRatio':{'cpu':'1500m'}} | {'requests':{'cpu':'1'},'limits':{'cpu':'1500m'}} | ``
          {'min':{'cpu':'1'},'max':{'cpu':'2'}}  | {'requests':{'cpu':'1'},'limits':{'cpu':'2'}} | ``
          """)
  void containers(String bounds, String resources, String problem) {
    ObjectNode limit = json(bounds);
    limit.put("type", "Container");
    Set<String> problems = new LinkedHashSet<>();
    LimitRange.Item.of(limit).check(json(resources), problems);
    assertThat(String.join(", ", problems)).isEqualTo(problem == null ? "" : problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'requests':{'storage':'1Gi'}} | minimum storage usage per PersistentVolumeClaim is 2Gi, but request is 1Gi
          {'requests':{'storage':'9Gi'}} | maximum storage usage per PersistentVolumeClaim is 8Gi, but request is 9Gi
          {'requests':{'storage':'8Gi'}} | ``
          """)
  void claims(String resources, String problem) {
    ObjectNode limit =
        json("{'type':'PersistentVolumeClaim','min':{'storage':'2Gi'},'max':{'storage':'8Gi'}}");
    Set<String> problems = new LinkedHashSet<>();
    LimitRange.Item.of(limit).checkClaim(json(resources), problems);
    assertThat(String.join(", ", problems)).isEqualTo(problem == null ? "" : problem);
  }
}
