package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.data.TextFacts;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run before its first step.
 *
 * @param folder where it is kept
 * @param backend which backend computes, and why
 * @param backendDescription device, kernels, libraries
 * @param parameters learned elements
 * @param vocabSize ids (V)
 * @param trainTokens tokens to learn from
 * @param validationTokens tokens to measure with; 0 if there are none
 * @param steps optimizer steps
 * @param tokensPerStep targets of a step
 * @param parameterBytes masters, copy, gradients and moments
 * @param activationBytes what the largest plan needs besides
 * @param bytes all of that by cause
 * @param flopsPerStep floating-point operations of a step's products
 * @param ceiling floating-point operations a second of products at best, as measured
 * @param threads threads that compute
 * @param dataIdentity what tells the ids to learn from from all others
 * @param texts files that the tokens are from
 */
public record RunFacts(
    Path folder,
    String backend,
    String backendDescription,
    long parameters,
    int vocabSize,
    long trainTokens,
    long validationTokens,
    long steps,
    long tokensPerStep,
    long parameterBytes,
    long activationBytes,
    Map<String, Long> bytes,
    double flopsPerStep,
    double ceiling,
    int threads,
    String dataIdentity,
    List<TextFacts> texts) {

  /** Copies the collections, in their order. */
  public RunFacts {
    bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
    texts = List.copyOf(texts);
  }
}
