/**
 * Reads and writes SentencePiece models: {@link
 * io.github.llm4j.formats.sentencepiece.SentencePieceModel}. How texts are normalized and cut by
 * them must not go in.
 */
@NullMarked
package io.github.llm4j.formats.sentencepiece;

import org.jspecify.annotations.NullMarked;
