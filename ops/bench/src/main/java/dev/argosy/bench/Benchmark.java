package dev.argosy.bench;

import java.util.function.Consumer;

/** One thing that is measured. */
interface Benchmark {
  void run(Consumer<Result> out) throws Exception;
}
