package io.github.llm4j.formats.sentencepiece;

/**
 * An entry of a vocabulary; its place in the list is its id.
 *
 * @param text what it stands for, blanks written as U+2581
 * @param score the higher, the sooner it is used; a logarithm of a probability in unigram models
 * @param type what it is for
 */
public record Piece(String text, float score, PieceType type) {}
