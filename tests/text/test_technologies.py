"""Technologies that lines name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.technologies import find_technologies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Python, TypeScript and C++/C#", ["Python", "TypeScript", "C++", "C#"]),
        ("Go or Rust", ["Go", "Rust"]),
        ("We use Go, so should you", ["Go"]),
        ("R or Python for statistics", ["R", "Python"]),
        ("HTML/CSS, Node.js, nodejs", ["HTML", "CSS", "Node.js", "nodejs"]),
        ("ASP.NET Core and .NET", ["ASP.NET Core", ".NET"]),
        ("Spring Boot on AWS Lambda", ["Spring Boot", "AWS Lambda"]),
        ("Apache Kafka, Microsoft SQL Server", ["Apache Kafka", "Microsoft SQL Server"]),
        ("Google Cloud Platform (GCP)", ["Google Cloud Platform"]),
        ("Torch-MLIR", ["Torch-MLIR"]),
        ("pipelines with ArgoCD and OpenTofu", ["ArgoCD", "OpenTofu"]),
        ("tools such as Docker, Skaffold, and Tilt", ["Docker", "Skaffold", "Tilt"]),
        ("(e.g., Jenkins, Drone)", ["Jenkins", "Drone"]),
        ("HL7 and FHIR", ["HL7", "FHIR"]),
        ("Word, Excel, PowerPoint", ["Word", "Excel", "PowerPoint"]),
        ("SOAP APIs under Windows, signed with Cosign", ["SOAP APIs", "Windows", "Cosign"]),
        ("Web Components and Ant Design", ["Web Components", "Ant Design"]),
        ("events over Confluent Kafka, JSP on GlassFish", ["Confluent Kafka", "JSP", "GlassFish"]),
        ("drawings in AutoCAD Civil 3D or QGIS", ["AutoCAD Civil 3D", "QGIS"]),
        ("Clusters on Modal or Kubernetes", ["Modal", "Kubernetes"]),
        ("Strong Go or Java", ["Go", "Java"]),
        ("Solid R and Python", ["R", "Python"]),
        ("Fundiertes R oder Python", ["R", "Python"]),
        ("Figma or Drawmore", ["Figma", "Drawmore"]),
        ("Drawmore, Inkspill or Figma", ["Drawmore", "Inkspill", "Figma"]),
        ("six years of SAP MM/SD", ["SAP MM/SD"]),
    ],
)
def test_names_are_found_as_they_are_spelled(text: str, names: list[str]) -> None:
    assert [found.name for found in find_technologies(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Excel in a fast team and go the extra mile",
        "Spark joy, react swiftly and express yourself",
        "Work with the C-level on R&D",
        "A swift and modal mind with access to the word",
        "DevOps, MLOps and SaaS at a B2B FinTech",
        "Agile, Scrum and CI/CD",
        "PhD in Computer Science",
        "Solid experience with the rest of the team",
        "Strong access to the word of bakers",
        "Go-to-market plans",
        "You can articulate, amplify and infer",
        "Articulate plans and amplify the team",
        "in systems or platforms, as experience is data",
        "",
    ],
)
def test_ordinary_words_are_no_technologies(text: str) -> None:
    assert find_technologies(text) == []


@pytest.mark.parametrize("text", ["Spanish or Java", "Oslo or Java", "Honesty or Java", "Communication or Java"])
def test_what_is_no_tool_stays_none_beside_one(text: str) -> None:
    assert [found.name for found in find_technologies(text)] == ["Java"]


def test_two_spellings_of_a_name_share_a_key() -> None:
    first, second = find_technologies("PyTorch, Pytorch")
    assert first.key == second.key


@given(st.text(alphabet="GoRC+#.,/() Sparkaws-&", max_size=120))
def test_names_stand_where_they_say(text: str) -> None:
    assert all(text[found.start : found.end] == found.name for found in find_technologies(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tools: Postgres, pgbackrest, patroni and Ansible", ["Postgres", "pgbackrest", "patroni", "Ansible"]),
        ("Image software (e.g. ENVI, ERDAS Imagine)", ["ENVI", "ERDAS Imagine"]),
        ("Del paquet office de Microsoft (excel, word, etc)", ["excel", "word"]),
        ("Tech stack: LLMs, RAG", ["LLMs", "RAG"]),
    ],
)
def test_tools_that_no_list_has_are_told_by_how_they_stand(text: str, names: list[str]) -> None:
    assert [found.name for found in find_technologies(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "#LI-QX7",
        "Apply now #LI-Python",
        "Values such as Honesty, Courage and Kindness",
        "Two languages such as these",
        "Warm experienceAbility to bake",
        "About CrumbleCrumble, a bakery",
    ],
)
def test_other_lists_and_glued_words_name_no_tools(text: str) -> None:
    assert find_technologies(text) == []
