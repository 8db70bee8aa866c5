"""Cases with their parties, nominee, figures and attachments; entries with their answers; invoices."""

from kaaring.entries.models.cases import Attachment as Attachment
from kaaring.entries.models.cases import Case as Case
from kaaring.entries.models.cases import Figure as Figure
from kaaring.entries.models.cases import Nominee as Nominee
from kaaring.entries.models.cases import Party as Party
from kaaring.entries.models.cases import ProtectedFact as ProtectedFact
from kaaring.entries.models.entries import Answer as Answer
from kaaring.entries.models.entries import Correction as Correction
from kaaring.entries.models.entries import Declaration as Declaration
from kaaring.entries.models.entries import Entry as Entry
from kaaring.entries.models.invoices import Invoice as Invoice
from kaaring.entries.models.invoices import InvoiceLine as InvoiceLine
from kaaring.entries.models.leaves import LateLeave as LateLeave
