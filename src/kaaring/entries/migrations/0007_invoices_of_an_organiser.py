from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill_in(apps: Any, schema_editor: Any) -> None:
    Invoice = apps.get_model("entries", "Invoice")
    for invoice in Invoice.objects.select_related("edition__programme"):
        invoice.organiser_id = invoice.edition.programme.organiser_id
        invoice.save(update_fields=["organiser"])


class Migration(migrations.Migration):

    dependencies = [
        ("entries", "0006_keep_what_was_submitted"),
        ("people", "0002_organisations"),
        ("programmes", "0002_categories"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="organiser",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="people.organiser"),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
