package dev.argosy.bench;

import java.util.function.Consumer;

/** One thing that is measured. */
public interface Benchmark {
  void run(Consumer<Result> out) throws Exception;

  /** It is ended when it takes longer; most take less than a minute on two idle processors. */
  default int limitSeconds() {
    return 180;
  }
}
