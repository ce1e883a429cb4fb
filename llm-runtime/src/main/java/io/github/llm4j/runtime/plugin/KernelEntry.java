package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.backend.KernelProvider;

/**
 * Kernels that a jar adds to a backend.
 *
 * @param provider who has them
 * @param backend name of the backend
 * @param source where the provider comes from
 */
public record KernelEntry(KernelProvider provider, String backend, Source source) {}
