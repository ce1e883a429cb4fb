package io.github.llm4j.api.backend;

import io.github.llm4j.api.worker.Workers;
import java.util.List;

/**
 * What a backend is built with.
 *
 * @param workers the threads of the process
 * @param kernels kernels that plugins add to this backend
 */
public record BackendContext(Workers workers, List<KernelProvider> kernels) {}
