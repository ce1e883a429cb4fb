package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.KernelSet;

/**
 * Kernels of one speed; an op goes to the first rung that has a kernel for it.
 *
 * @param description what it is and what it found, for the backend's one line
 * @param kernels its kernels
 */
record Rung(String description, KernelSet kernels) {}
