package dev.argosy.scheduler.topology;

import dev.argosy.scheduler.pod.AffinityTerm;
import dev.argosy.scheduler.pod.PodView;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How many placed pods bear each affinity term, by the domains of the term. */
final class Bearers {

  /** A term, and the weights of those that bear it. */
  static final class Borne {
    final AffinityTerm term;
    final DomainCount weights;
    private int pods;

    Borne(AffinityTerm term, DomainCount weights) {
      this.term = term;
      this.weights = weights;
    }
  }

  private final Places places;
  private final Map<AffinityTerm, Borne> all = new HashMap<>();
  private final SelectionIndex<Borne> far = new SelectionIndex<>();
  private final SelectionIndex<Borne> others = new SelectionIndex<>();

  Bearers(Places places) {
    this.places = places;
  }

  void enter(PodView pod, int slot) {
    for (AffinityTerm term : pod.company().terms()) {
      Borne borne = all.get(term);
      if (borne == null) {
        borne = new Borne(term, new DomainCount(places.domains(term.topologyKey())));
        all.put(term, borne);
        index(term).add(term.pods(), borne);
      }
      borne.pods++;
      borne.weights.add(slot, term.weight());
    }
  }

  void leave(PodView pod, int slot) {
    for (AffinityTerm term : pod.company().terms()) {
      Borne borne = all.get(term);
      if (borne == null) {
        continue;
      }
      borne.pods--;
      borne.weights.add(slot, -term.weight());
      if (borne.pods == 0) {
        all.remove(term);
        index(term).remove(term.pods(), borne);
      }
    }
  }

  private SelectionIndex<Borne> index(AffinityTerm term) {
    return term.kind() == AffinityTerm.Kind.FAR ? far : others;
  }

  /** Terms that must be far, and may mean the pod. */
  void forEachFar(PodView pod, Consumer<Borne> action) {
    far.forEach(pod, action);
  }

  /** The other terms that may mean the pod. */
  void forEachOther(PodView pod, Consumer<Borne> action) {
    others.forEach(pod, action);
  }
}
