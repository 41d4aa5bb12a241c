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
    for (int i = 0; i < hooks.size(); i++) {
      Hook hook = hooks.get(i);
      HookNotes notes = new HookNotes(request.notes(), true, request.repeated() ? 1 : 0, i);
      if (!request.repeated() || again.wanted(hook)) {
        Optional<Bodies> bodies = matcher.match(hook, request);
        bodies.ifPresent(seen -> ask(hook, seen, again, notes));
      }
    }
    again.remember(request.object());
  }

  private void ask(Hook hook, Bodies bodies, Reinvocations again, HookNotes notes) {
    AdmissionRequest request = bodies.request();
    switch (caller.ask(hook, bodies)) {
      case Answer.Allowed(List<String> warnings, JsonNode patch, var said) -> {
        warnings.forEach(request::warn);
        notes.said(hook, said);
        boolean changed = Patched.apply(hook, bodies, patch);
        notes.changed(hook, changed, patch);
        if (changed) {
          again.require();
        }
      }
      case Answer.Denied(List<String> warnings, var status, var said) -> {
        notes.said(hook, said);
        warnings.forEach(request::warn);
        throw status.asException();
      }
      case Answer.BadPatch(List<String> warnings, String why) -> throw HookCaller.internal(why);
      case Answer.Unanswered unanswered -> {
        HookCaller.unanswered(hook, unanswered);
        notes.failedOpen(hook);
      }
    }
    if (hook.reinvoked()) {
      again.add(hook);
    }
  }
}
