/** Tests of the template engine, most of them against what Python's jinja2 writes. */
@NullMarked
package io.github.llm4j.tokenizers.template;

import org.jspecify.annotations.NullMarked;
