package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.object.Json;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTermsTest {

  private static final Configuration OTHER =
      ConfigurationFile.read(
          Json.mapper()
              .readTree(
                  "{\"apiVersion\":\"kubescheduler.config.k8s.io/v1\",\"kind\":\"KubeSchedulerConfiguration\"}"));

  private final SchedulerTerms terms = new SchedulerTerms();
  private final List<String> log = new ArrayList<>();

  private LeaderElection.Term begin() {
    return terms.begin(configuration -> {
      String name = configuration == OTHER ? "other" : "default";
      log.add(name + " begins");
      return () -> log.add(name + " ends");
    });
  }

  @Test
  void a_term_begins_anew_when_the_scheduler_is_configured_otherwise() {
    LeaderElection.Term term = begin();
    terms.configure(OTHER);
    term.close();
    terms.configure(Configuration.DEFAULT);
    assertThat(log).containsExactly("default begins", "default ends", "other begins", "other ends");
  }

  @Test
  void it_goes_on_as_before_if_a_term_cannot_begin() {
    LeaderElection.Term term =
        terms.begin(configuration -> {
          if (configuration == OTHER) {
            throw new IllegalStateException("no");
          }
          log.add("begins");
          return () -> log.add("ends");
        });
    assertThatThrownBy(() -> terms.configure(OTHER)).hasMessage("no");
    assertThat(log.getLast()).isEqualTo("begins");
    term.close();
    assertThat(log.getLast()).isEqualTo("ends");
  }

  @Test
  void a_later_term_begins_with_what_holds_then() {
    terms.configure(OTHER);
    begin().close();
    assertThat(log).containsExactly("other begins", "other ends");
  }
}
