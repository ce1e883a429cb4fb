package io.github.llm4j.backend.cuda;

import io.github.llm4j.api.component.Doc;

/** Settings of the CUDA backend: none. */
@Doc("NVIDIA GPUs.")
public record CudaSettings() {}
