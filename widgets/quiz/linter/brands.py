"""Names under which medicines and devices are sold; the course speaks of what they are."""

from __future__ import annotations

BRANDS = (
    *("Botox", "Dysport", "Xeomin", "Myobloc", "NeuroBloc", "Jeuveau", "Daxxify", "Bocouture", "Azzalure"),
    *("Vistabel", "Alluzience", "Letybo", "Artane", "Lioresal", "Rivotril", "Klonopin", "Valium"),
    *("Tetrabenazin", "Xenazine", "Medtronic", "Activa", "Percept", "Kinetra", "Soletra", "Itrel", "Vercise"),
    *("Infinity IPG", "Libra", "Brio", "SenSight", "Boston Scientific", "St. Jude", "Abbott", "PINS"),
    *("SceneRay", "ExAblate", "Leksell", "Gamma Knife", "CyberKnife"),
)
