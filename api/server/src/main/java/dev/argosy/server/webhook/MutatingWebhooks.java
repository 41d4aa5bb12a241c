package dev.argosy.server.webhook;

import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks the mutating webhooks one after another, each about what the one before made of the object.
 * When all steps run a second time, those with {@code reinvocationPolicy: IfNeeded} are asked again
 * if the object changed after they saw it.
 */
final class MutatingWebhooks implements AdmissionStep {

  private final HookSource source;
  private final HookMatcher matcher;
  private final HookCaller caller;

  MutatingWebhooks(HookSource source, HookMatcher matcher, HookCaller caller) {
    this.source = source;
    this.matcher = matcher;
    this.caller = caller;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    List<Hook> hooks = source.of(request.target().cluster());
    if (hooks.isEmpty() || HookMatcher.exempt(request)) {
      return;
    }
    Reinvocations again = request.memory(this, Reinvocations.class, Reinvocations::new);
    if (request.repeated() && again.changedSince(request.object())) {
      again.require();
    }
    for (Hook hook : hooks) {
      if (!request.repeated() || again.wanted(hook)) {
        Optional<Bodies> bodies = matcher.match(hook, request);
        bodies.ifPresent(seen -> ask(hook, seen, again));
      }
    }
    again.remember(request.object());
  }

  private void ask(Hook hook, Bodies bodies, Reinvocations again) {
    AdmissionRequest request = bodies.request();
    switch (caller.ask(hook, bodies)) {
      case Answer.Allowed(List<String> warnings, JsonNode patch) -> {
        warnings.forEach(request::warn);
        if (Patched.apply(hook, bodies, patch)) {
          again.require();
        }
      }
      case Answer.Denied(List<String> warnings, var status) -> {
        warnings.forEach(request::warn);
        throw status.asException();
      }
      case Answer.BadPatch(List<String> warnings, String why) -> throw HookCaller.internal(why);
      case Answer.Unanswered unanswered -> HookCaller.unanswered(hook, unanswered);
    }
    if (hook.reinvoked()) {
      again.add(hook);
    }
  }
}
