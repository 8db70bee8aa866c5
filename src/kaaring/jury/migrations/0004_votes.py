import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entries', '0004_credit_notes'),
        ('jury', '0003_drafts'),
        ('programmes', '0002_categories'),
    ]

    operations = [
        migrations.AddField(
            model_name='ballot',
            name='entered_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ballot',
            name='entered_by',
            field=models.CharField(default='', max_length=40),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter', models.CharField(max_length=43)),
                ('confirmed_at', models.DateTimeField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.category')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='entries.entry')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='jury.stage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('stage', 'voter', 'category'), name='one_vote_per_stage_voter_and_category')],
            },
        ),
    ]
