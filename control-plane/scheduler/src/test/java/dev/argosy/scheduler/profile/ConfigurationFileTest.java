package dev.argosy.scheduler.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.profile.Strategy.Part;
import dev.argosy.scheduler.profile.Strategy.Point;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Kubernetes page "Scheduler Configuration". */
class ConfigurationFileTest {

  private static Configuration read(String rest) {
    String text =
        "{'apiVersion':'kubescheduler.config.k8s.io/v1','kind':'KubeSchedulerConfiguration'"
            + (rest.isEmpty() ? "" : ",")
            + rest
            + "}";
    return ConfigurationFile.read(json(text));
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  /** The only profile, with this in it. */
  private static Profile profile(String rest) {
    return all("'profiles':[{'schedulerName':'p'," + rest + "}]").getLast();
  }

  private static List<Profile> all(String rest) {
    Profiles profiles = read(rest).profiles();
    return profiles.names().stream().map(profiles::named).map(p -> p.orElseThrow()).toList();
  }

  private static void refused(String rest, String... lines) {
    assertThatThrownBy(() -> read(rest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(String.join("\n", lines));
  }

  @Test
  void withoutProfilesThereIsTheDefaultOne() {
    assertThat(all("")).singleElement().isEqualTo(Profile.DEFAULT);
    assertThat(Profile.DEFAULT.plugins()).isEqualTo(profile("'plugins':{}").plugins());
  }

  @Test
  void whatIsOnByDefaultIsAllThatThereIs() {
    Set<String> filters =
        Stream.<Rejecter>concat(
                Filters.ofNodes(Profile.DEFAULT).stream(), Filters.wide(Profile.DEFAULT).stream())
            .map(Rejecter::name)
            .filter(name -> !name.equals("Extender"))
            .collect(Collectors.toSet());
    assertThat(filters).isEqualTo(Plugins.FILTERS);
  }

  @Test
  void pluginsAreDisabledAndEnabledWithWeights() {
    Plugins plugins =
        profile(
                "'plugins':{'score':{'disabled':[{'name':'PodTopologySpread'}],"
                    + "'enabled':[{'name':'ImageLocality','weight':7},{'name':'NodeAffinity'}]}}")
            .plugins();
    assertThat(plugins.filters()).isEqualTo(Plugins.FILTERS);
    assertThat(plugins.scores())
        .doesNotContainKey("PodTopologySpread")
        .containsEntry("ImageLocality", 7)
        .containsEntry("NodeAffinity", 1)
        .containsEntry("TaintToleration", 3);
  }

  @Test
  void aStarDisablesAllButWhatIsEnabled() {
    Plugins plugins =
        profile(
                "'plugins':{'multiPoint':{'disabled':[{'name':'*'}],'enabled':["
                    + "{'name':'NodeResourcesFit'},{'name':'DefaultBinder'}]},"
                    + "'score':{'enabled':[{'name':'ImageLocality','weight':2}]}}")
            .plugins();
    assertThat(plugins.filters()).containsExactly("NodeResourcesFit");
    assertThat(plugins.scores()).isEqualTo(Map.of("NodeResourcesFit", 1, "ImageLocality", 2));
    assertThat(plugins.preempts()).isFalse();
  }

  @Test
  void strategiesOfResources() {
    String args =
        "'pluginConfig':[{'name':'NodeResourcesFit','args':{'scoringStrategy':{"
            + "'resources':[{'name':'intel.com/foo','weight':3},{'name':'cpu'}],"
            + "'requestedToCapacityRatio':{'shape':[{'utilization':0,'score':0},"
            + "{'utilization':100,'score':10}]},'type':'RequestedToCapacityRatio'}}}]";
    Strategy strategy = profile(args).strategy().orElseThrow();
    assertThat(strategy.type()).isEqualTo(Strategy.Type.RATIO);
    assertThat(strategy.resources())
        .containsExactly(new Part("intel.com/foo", 3), new Part("cpu", 1));
    assertThat(strategy.shape()).containsExactly(new Point(0, 0), new Point(100, 100));
  }

  @Test
  void allThatIsWrongIsSaidWithItsPlace() {
    refused(
        "'leaderElection':{},'profiles':[{'schedulerName':'a','plugins':{'bind':{},'score':{"
            + "'enabled':[{'name':'Nonsense'},{'name':'ImageLocality','weight':-1}]}}},"
            + "{'schedulerName':'a','pluginConfig':[{'name':'InterPodAffinity','args':"
            + "{'hardPodAffinityWeight':101,'x':1}},{'name':'VolumeBinding'}]}]",
        "leaderElection: is not served here; profiles and extenders are",
        "profiles[0].plugins.bind: is not served; multiPoint, filter, score and postFilter are",
        "profiles[0].plugins.score.enabled[0].name: there is no plugin \"Nonsense\" here; there are"
            + " ImageLocality, InterPodAffinity, NodeAffinity, NodeResourcesBalancedAllocation,"
            + " NodeResourcesFit, PodTopologySpread, TaintToleration",
        "profiles[0].plugins.score.enabled[1].weight: must be a whole number from 0 to 1000",
        "profiles[1].pluginConfig[0].args.x: unknown field",
        "profiles[1].pluginConfig[0].args.hardPodAffinityWeight: must be a whole number from 0 to"
            + " 100",
        "profiles[1].pluginConfig[1].name: arguments are served of NodeResourcesFit,"
            + " PodTopologySpread, InterPodAffinity and NodeAffinity, not of \"VolumeBinding\"",
        "profiles[1].schedulerName: there is another profile \"a\"");
  }

  @Test
  void wrongShapesAndConstraints() {
    refused(
        "'profiles':[{'pluginConfig':[{'name':'NodeResourcesFit','args':{'scoringStrategy':{"
            + "'type':'RequestedToCapacityRatio','requestedToCapacityRatio':{'shape':["
            + "{'utilization':50,'score':11},{'utilization':50,'score':1}]}}}},"
            + "{'name':'PodTopologySpread','args':{'defaultConstraints':[{'maxSkew':0,"
            + "'whenUnsatisfiable':'Never','topologyKey':'z'}]}}]}]",
        "profiles[0].pluginConfig[0].args.scoringStrategy.requestedToCapacityRatio.shape[0].score:"
            + " must be a whole number from 0 to 10",
        "profiles[0].pluginConfig[0].args.scoringStrategy.requestedToCapacityRatio.shape[1]"
            + ".utilization: must be more than that of the point before",
        "profiles[0].pluginConfig[1].args.defaultConstraints[0].whenUnsatisfiable: \"Never\" is not"
            + " one of DoNotSchedule, ScheduleAnyway",
        "profiles[0].pluginConfig[1].args.defaultConstraints[0].maxSkew: must be a whole number"
            + " from 1 to 2147483647",
        "profiles[0].pluginConfig[1].args.defaultingType: must be List where there are"
            + " defaultConstraints");
  }

  @Test
  void anythingElseIsNoConfiguration() {
    for (String text : new String[] {"{}", "[]", "'x'", "{'kind':'KubeSchedulerConfiguration'}"}) {
      assertThatThrownBy(() -> ConfigurationFile.read(json(text)))
          .hasMessage("must be a KubeSchedulerConfiguration of kubescheduler.config.k8s.io/v1");
    }
    refused("'profiles':'x'", "profiles: must be a list");
    refused(
        "'profiles':[3,{'schedulerName':4,'plugins':[]}]",
        "profiles[0]: must be an object",
        "profiles[1].schedulerName: must be a string",
        "profiles[1].plugins: must be an object",
        "profiles[1].schedulerName: there is another profile \"default-scheduler\"");
  }
}
