/** Tests of model folders with real layers, backends and tokenizers. */
@org.jspecify.annotations.NullMarked
package io.github.llm4j.tasks.folder;
