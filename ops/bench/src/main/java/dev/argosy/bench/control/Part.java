package dev.argosy.bench.control;

import dev.argosy.bench.Result;
import java.util.function.Consumer;

/** One thing that is measured, on a plane of its own. */
interface Part {

  String name();

  void run(Sizes sizes, Consumer<Result> out) throws Exception;
}
