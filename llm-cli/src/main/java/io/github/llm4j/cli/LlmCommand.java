package io.github.llm4j.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code llm}: a picocli command that gives its exit code. Found by ServiceLoader,
 * so a module of its own can add one. Its constructor does no work, and what it needs is loaded by
 * {@link #call} alone: help must be fast.
 */
public interface LlmCommand extends Callable<Integer> {}
