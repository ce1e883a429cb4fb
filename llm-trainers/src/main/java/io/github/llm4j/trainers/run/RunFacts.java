package io.github.llm4j.trainers.run;

import java.nio.file.Path;

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
    long activationBytes) {}
